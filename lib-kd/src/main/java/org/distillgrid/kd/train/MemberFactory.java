package org.distillgrid.kd.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.perceptual.PerceptualEncoder;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.Checkpoint;

/**
 * Makes the members of one cohort.
 *
 * @param cohort what its trials share
 * @param teacher the teacher, if there is one
 * @param encoder in whose features images are compared, if there is one
 * @param stream gives the batches that quantisers are calibrated on
 * @param manager owns whatever its members own
 */
record MemberFactory(
    CohortSetup cohort,
    Optional<FrozenTeacher> teacher,
    Optional<PerceptualEncoder> encoder,
    BatchStream stream,
    NDManager manager) {

  /** Builds a trial at its first step. */
  Member start(TrialSetup trial) {
    return made(
        trial,
        member -> {
          QuantizedNetwork student = member.student();
          String name = trial.cell().label();
          Checkpoint initial = cohort.initial().get(name);
          if (initial != null) {
            student.network().load(initial, "the first weights of " + name);
          }
          calibrate(student, member.manager());
          member.makeTrainable();
        });
  }

  /** Builds a trial at the step of a state that {@link Member#state} gave. */
  Member resume(TrialSetup trial, Checkpoint state) {
    return made(trial, member -> member.restore(state));
  }

  private Member made(TrialSetup trial, Consumer<Member> completion) {
    Member member = build(trial);
    try {
      completion.accept(member);
      return member;
    } catch (RuntimeException e) {
      member.close();
      throw e;
    }
  }

  private void calibrate(QuantizedNetwork student, NDManager own) {
    try (NDManager scratch = own.newSubManager()) {
      List<NDArray> batches =
          IntStream.range(0, cohort.calibrationBatches())
              .mapToObj(number -> stream.calibration(number, scratch))
              .toList();
      student.calibrate(batches);
      student.tune(batches, own);
    }
  }

  private Member build(TrialSetup trial) {
    Cell cell = trial.cell();
    NDManager own = manager.newSubManager();
    // Keyed by seed and model alone: every trial of a student and seed starts from the same values.
    Draws first = Draws.of("first values/" + cohort.seed() + "/" + cell.student().text());
    QuantizedNetwork student =
        QuantizedNetwork.build(
            cell.student(), cohort.target(), cell.quantizer(), cell.bits(), first, own);
    long steps = cohort.schedule().steps();
    if (!cell.isTrained()) {
      steps = 0;
    }
    Copies copies = new Copies(student, cohort.schedule().ema());
    DistillerContext context =
        new DistillerContext(
            student.network().architecture(),
            teacher.map(Architecture.class::cast),
            encoder,
            Optional.of(copies),
            steps,
            Draws.of(trial.id()),
            own);
    Distiller distiller = cell.method().distiller(context);
    Teaching teaching = Teaching.of(trial, cohort);
    return new Member(trial, cohort.schedule(), student, copies, distiller, teaching, own, steps);
  }
}
