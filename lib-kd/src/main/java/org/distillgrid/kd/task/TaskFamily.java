package org.distillgrid.kd.task;

import java.util.List;
import java.util.Set;
import org.distillgrid.kd.registry.Named;

/** A kind of restoration problem; an extension point. */
public interface TaskFamily extends Named {
  /** Returns the scales that the family has, {@code {1}} where input and target are of one size. */
  Set<Integer> scales();

  /** Returns the numbers that a name may carry. */
  default List<TaskOption> options() {
    return List.of();
  }

  /**
   * Returns one task.
   *
   * @param name the parsed name with every option set
   * @param scale target size over input size, one of {@link #scales}
   */
  Task task(TaskName name, int scale);
}
