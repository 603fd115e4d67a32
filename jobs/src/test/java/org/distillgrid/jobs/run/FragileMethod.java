package org.distillgrid.jobs.run;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.distillgrid.kd.distill.DeclaredTerm;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.LossTerms;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.distill.TeacherUse;
import org.distillgrid.kd.distill.TermMethod;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/** No distillation; a test chooses what happens before its steps. */
public final class FragileMethod implements TermMethod {
  private static final LongConsumer HEALTHY = step -> {};
  private static final AtomicReference<LongConsumer> BEFORE_STEP = new AtomicReference<>(HEALTHY);

  /** Lets every training with this method fail at a step, until {@link #heal}. */
  static void failAt(long step) {
    beforeStep(
        reached -> {
          if (reached >= step) {
            throw new IllegalStateException("poisoned at step " + reached);
          }
        });
  }

  /** Lets something happen before each step of a training with this method. */
  static void beforeStep(LongConsumer happening) {
    BEFORE_STEP.set(happening);
  }

  /** Lets trainings with this method pass. */
  static void heal() {
    BEFORE_STEP.set(HEALTHY);
  }

  @Override
  public String name() {
    return "fragile";
  }

  @Override
  public String help() {
    return "no distillation, and what a test has happen before a step";
  }

  @Override
  public List<ValueOption> options() {
    return List.of(ValueOption.number("weight", "weight of L1(S, Y)", 1, 0, 1000));
  }

  @Override
  public TeacherUse teacherUse(OptionValues values) {
    return TeacherUse.NONE;
  }

  @Override
  public List<DeclaredTerm> terms(OptionValues values) {
    return List.of(DeclaredTerm.of("pixel", values.number("weight")));
  }

  @Override
  public Distiller distiller(DistillerContext context, OptionValues values) {
    return new Distiller() {
      @Override
      public LossTerms loss(StepTensors tensors) {
        BEFORE_STEP.get().accept(tensors.step());
        return LossTerms.of("pixel", tensors.pixelLoss().mul((float) values.number("weight")));
      }
    };
  }
}
