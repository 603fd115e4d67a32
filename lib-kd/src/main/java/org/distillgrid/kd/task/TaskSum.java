package org.distillgrid.kd.task;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.registry.Registry;

/**
 * What a spec calls a task: one, or several that follow one another, {@code blur-g1.2+denoise-s5}.
 *
 * @param parts in the order in which they degrade an image
 */
public record TaskSum(List<Part> parts) {
  private static final Set<Integer> SAME_SIZE = Set.of(1);

  /** One task of a sum, whose family its name belongs to. */
  public record Part(TaskFamily family, TaskName name) {
    private boolean enlarges() {
      return !family.scales().equals(SAME_SIZE);
    }

    private Task task(int scale) {
      if (enlarges()) {
        return family.task(name, scale);
      }
      return family.task(name, 1);
    }
  }

  public TaskSum {
    parts = List.copyOf(parts);
  }

  /**
   * Parses a name.
   *
   * @throws GridException if a task or an option is unknown, a value is out of range, or more than
   *     one task has scales
   */
  public static TaskSum parse(String text, Registry<TaskFamily> families) {
    List<Part> parts =
        Arrays.stream(text.split("\\+", -1))
            .map(part -> TaskName.parse(part, families))
            .map(name -> new Part(families.named(name.family()), name))
            .toList();
    if (parts.stream().filter(Part::enlarges).count() > 1) {
      throw GridException.of(
          ErrorCode.USAGE, "Cannot set task %s: only one of its parts may enlarge", text);
    }
    return new TaskSum(parts);
  }

  /** Returns the one spelling that all names of this task share. */
  public String canonical() {
    return parts.stream().map(part -> part.name().canonical()).collect(Collectors.joining("+"));
  }

  /** Returns the scales that it has: those of the part that enlarges, if there is one. */
  public Set<Integer> scales() {
    return parts.stream()
        .filter(Part::enlarges)
        .map(part -> part.family().scales())
        .findFirst()
        .orElse(SAME_SIZE);
  }

  /**
   * Returns the task.
   *
   * @param scale target size over input size, one of {@link #scales}
   * @throws GridException if its options or its parts do not go together
   */
  public Task task(int scale) {
    List<Task> tasks = parts.stream().map(part -> part.task(scale)).toList();
    if (tasks.size() == 1) {
      return tasks.get(0);
    }
    return SummedTask.of(tasks);
  }
}
