package org.distillgrid.jobs.run;

import java.util.Optional;
import org.distillgrid.jobs.fleet.EvaluationImages;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.plan.TrialPlan;
import org.distillgrid.jobs.shared.GivenCheckpoints;
import org.distillgrid.kd.weights.Checkpoint;

/**
 * What a spec gives from outside, looked at before any work is done for it.
 *
 * @param teacher the teacher's checkpoint, if the spec gives one
 * @param encoder the encoder's checkpoint, if a method reads one and the spec gives it
 * @param images what trials are scored on
 */
record CheckedInputs(
    Optional<Checkpoint> teacher, Optional<Checkpoint> encoder, EvaluationImages images) {

  /** Looks at what a whole run needs: the teacher first, then the encoder, then the images. */
  static CheckedInputs of(GridContext grid, TrialPlan plan) {
    RunFiles files = grid.run().files();
    Optional<Checkpoint> teacher = GivenCheckpoints.teacher(grid.spec(), files, grid::say);
    Optional<Checkpoint> encoder = Optional.empty();
    if (plan.readsEncoder()) {
      encoder = GivenCheckpoints.encoder(grid.spec(), files, grid::say);
    }
    return new CheckedInputs(teacher, encoder, images(grid));
  }

  /** Looks at what a teacher alone needs. */
  static CheckedInputs ofTeacher(GridContext grid) {
    return new CheckedInputs(
        GivenCheckpoints.teacher(grid.spec(), grid.run().files(), grid::say),
        Optional.empty(),
        images(grid));
  }

  private static EvaluationImages images(GridContext grid) {
    return EvaluationImages.of(grid.session(), grid.spec(), grid.run(), grid::say);
  }
}
