package org.distillgrid.kd.task;

import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.registry.Registry;

/** Finds tasks by their names. */
public final class Tasks {
  private Tasks() {}

  /** Loads the task families on the class path. */
  public static Registry<TaskFamily> registry() {
    return Registry.load("task", TaskFamily.class);
  }

  /**
   * Returns the task of a name such as {@code sr}, {@code denoise-s25} or {@code
   * blur-g1.2+denoise-s5}.
   *
   * @param scale target size over input size
   * @throws GridException if the name is wrong or the family lacks the scale
   */
  public static Task of(String name, int scale) {
    return of(name, OptionalInt.of(scale));
  }

  /**
   * Returns the task of a name.
   *
   * @param scale target size over input size; needed only where the family has several
   * @throws GridException if the name is wrong, or the scale is missing or none of the family's
   */
  public static Task of(String name, OptionalInt scale) {
    TaskSum sum = TaskSum.parse(name, registry());
    Set<Integer> scales = sum.scales();
    if (scale.isEmpty() && scales.size() > 1) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot set task %s: it needs a scale (valid: %s)",
          name,
          numbers(scales));
    }
    int chosen = scale.orElseGet(() -> scales.iterator().next());
    if (!scales.contains(chosen)) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Unknown scale of task %s: %d (valid: %s)",
          name,
          chosen,
          numbers(scales));
    }
    return sum.task(chosen);
  }

  private static String numbers(Set<Integer> scales) {
    return new TreeSet<>(scales).stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
