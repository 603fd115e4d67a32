package org.distillgrid.kd.distill;

import org.distillgrid.kd.registry.Named;

/** A distillation method; an extension point. */
public interface DistillerFamily extends Named {
  /**
   * Returns the method at work on one student.
   *
   * @param context the student, its teacher and the trial's draws
   */
  Distiller distiller(DistillerContext context);
}
