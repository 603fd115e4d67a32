package org.distillgrid.jobs.grid;

import java.util.concurrent.atomic.AtomicLong;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.DistillerFamily;
import org.distillgrid.kd.distill.LossTerms;
import org.distillgrid.kd.distill.MethodValues;
import org.distillgrid.kd.distill.StepTensors;

/** No distillation, until a step that the test chooses. */
public final class FragileMethod implements DistillerFamily {
  private static final AtomicLong FAIL_AT = new AtomicLong(Long.MAX_VALUE);

  /** Lets every training with this method fail at a step, until {@link #heal}. */
  static void failAt(long step) {
    FAIL_AT.set(step);
  }

  /** Lets trainings with this method pass. */
  static void heal() {
    FAIL_AT.set(Long.MAX_VALUE);
  }

  @Override
  public String name() {
    return "fragile";
  }

  @Override
  public String help() {
    return "fails when a test says so";
  }

  @Override
  public Distiller distiller(DistillerContext context, MethodValues values) {
    return new Distiller() {
      @Override
      public TeacherUse teacherUse() {
        return TeacherUse.NONE;
      }

      @Override
      public LossTerms loss(StepTensors tensors) {
        if (tensors.step() >= FAIL_AT.get()) {
          throw new IllegalStateException("poisoned at step " + tensors.step());
        }
        return LossTerms.of("pixel", tensors.pixelLoss());
      }
    };
  }
}
