package org.distillgrid.kd.task;

import java.util.Set;
import org.distillgrid.kd.registry.Named;

/** A kind of restoration problem; an extension point. */
public interface TaskFamily extends Named {
  /** Returns the scales that the family has, {@code {1}} where input and target are of one size. */
  Set<Integer> scales();

  /**
   * Returns one task.
   *
   * @param scale target size over input size, one of {@link #scales}
   */
  Task task(int scale);
}
