package org.distillgrid.kd.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.weights.Checkpoint;

/**
 * Trials that share task, data, teacher, batch stream and schedule.
 *
 * @param task what is restored
 * @param target image channels and scale of every network
 * @param seed the seed that all trials share; with the step it decides batches and augmentations
 * @param schedule how long and how fast
 * @param calibrationBatches batches on which quantisers set their ranges
 * @param training training patches
 * @param validation patches on which the curve's PSNR is taken
 * @param teacher the teacher's weights; absent when no trial needs one (a teacher's own training)
 * @param initial full-precision weights to start from, by student name; a student that is not in
 *     the map starts from the first values of the seed
 * @param encoder weights of the encoder in whose features images are compared, see {@link
 *     org.distillgrid.kd.perceptual.VqEncoder}; absent when no trial's method reads one
 * @param trials the members
 */
public record CohortSetup(
    Task task,
    ModelTarget target,
    long seed,
    Schedule schedule,
    int calibrationBatches,
    PatchSource training,
    PatchSource validation,
    Optional<Teacher> teacher,
    Map<String, Checkpoint> initial,
    Optional<Checkpoint> encoder,
    List<TrialSetup> trials) {

  /** Checks that the trials share the seed. */
  public CohortSetup {
    trials = List.copyOf(trials);
    for (TrialSetup trial : trials) {
      if (trial.cell().seed() != seed) {
        throw new IllegalArgumentException(trial.cell() + " in a cohort of seed " + seed);
      }
    }
  }

  /** Returns this cohort with an encoder. */
  public CohortSetup withEncoder(Checkpoint weights) {
    return new CohortSetup(
        task,
        target,
        seed,
        schedule,
        calibrationBatches,
        training,
        validation,
        teacher,
        initial,
        Optional.of(weights),
        trials);
  }

  /**
   * A frozen teacher.
   *
   * @param model its model name
   * @param weights its weights
   */
  public record Teacher(String model, Checkpoint weights) {}
}
