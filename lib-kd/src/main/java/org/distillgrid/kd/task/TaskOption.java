package org.distillgrid.kd.task;

import java.util.List;
import org.distillgrid.kd.registry.NameOption;

/**
 * A number in a task's name, {@code s25} in {@code denoise-s25}.
 *
 * @param key its letters
 * @param help what it sets
 * @param standard its value when the name leaves it out; empty where it then has none
 * @param least the least number allowed
 * @param most the greatest number allowed
 */
public record TaskOption(String key, String help, List<Double> standard, double least, double most)
    implements NameOption {
  public TaskOption {
    standard = List.copyOf(standard);
  }

  /** Makes an option of one number. */
  public TaskOption(String key, String help, double standard, double least, double most) {
    this(key, help, List.of(standard), least, most);
  }

  /** Returns an option of one number that has no value unless a name gives it one. */
  public static TaskOption optional(String key, String help, double least, double most) {
    return new TaskOption(key, help, List.of(), least, most);
  }
}
