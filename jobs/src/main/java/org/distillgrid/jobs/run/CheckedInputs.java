package org.distillgrid.jobs.run;

import java.util.Map;
import java.util.Optional;
import org.distillgrid.jobs.fleet.EvaluationImages;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.plan.TrialPlan;
import org.distillgrid.jobs.shared.GivenCheckpoints;
import org.distillgrid.jobs.shared.LpipsWeights;
import org.distillgrid.kd.weights.Checkpoint;

/**
 * What a spec gives from outside, looked at before any work is done for it.
 *
 * @param teacher the teacher's checkpoint, if the spec gives one
 * @param encoder the encoder's checkpoint, if a method reads one and the spec gives it
 * @param lpips the weights of LPIPS, if the spec gives them and they are there
 * @param students the checkpoints that the spec gives students, by the students' labels
 * @param images what trials are scored on
 */
record CheckedInputs(
    Optional<Checkpoint> teacher,
    Optional<Checkpoint> encoder,
    Optional<Checkpoint> lpips,
    Map<String, Checkpoint> students,
    EvaluationImages images) {

  /** Looks at what a whole run needs: networks first, the teacher before all, then the images. */
  static CheckedInputs of(GridContext grid, TrialPlan plan) {
    RunFiles files = grid.run().files();
    Optional<Checkpoint> teacher = GivenCheckpoints.teacher(grid.spec(), files, grid::say);
    Optional<Checkpoint> encoder = Optional.empty();
    if (plan.readsEncoder()) {
      encoder = GivenCheckpoints.encoder(grid.spec(), files, grid::say);
    }
    Map<String, Checkpoint> students =
        GivenCheckpoints.students(grid.spec(), plan, files, grid::say);
    return new CheckedInputs(teacher, encoder, lpips(grid), students, images(grid));
  }

  /** Looks at what a teacher alone needs. */
  static CheckedInputs ofTeacher(GridContext grid) {
    return new CheckedInputs(
        GivenCheckpoints.teacher(grid.spec(), grid.run().files(), grid::say),
        Optional.empty(),
        lpips(grid),
        Map.of(),
        images(grid));
  }

  private static Optional<Checkpoint> lpips(GridContext grid) {
    return new LpipsWeights(grid.spec(), grid.run().files()).given();
  }

  private static EvaluationImages images(GridContext grid) {
    return EvaluationImages.of(grid.session(), grid.spec(), grid.run(), grid::say);
  }
}
