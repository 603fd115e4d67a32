package org.distillgrid.kd.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.prediction.Predictions;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.train.patches.PatchSource;
import org.distillgrid.kd.train.recipe.Windows;
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
 * @param predictions what the teacher says of the training patches, for those trials whose methods
 *     read its output only: the teacher does not run for them; absent where it runs for all
 * @param initial full-precision weights to start from, by the label of the student; one that is not
 *     in the map starts from the first values of the seed
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
    Optional<Predictions> predictions,
    Map<String, Checkpoint> initial,
    Optional<Checkpoint> encoder,
    List<TrialSetup> trials) {

  /** Checks that the trials share the seed, and that there is a prediction of every patch. */
  public CohortSetup {
    trials = List.copyOf(trials);
    for (TrialSetup trial : trials) {
      if (trial.cell().seed() != seed) {
        throw new IllegalArgumentException(trial.cell() + " in a cohort of seed " + seed);
      }
    }
    if (predictions.isPresent() && !schedule.windows().equals(Windows.NONE)) {
      throw GridException.of(
          ErrorCode.USAGE, "Cannot use predictions: they are of whole patches, steps see windows");
    }
    predictions.ifPresent(made -> requireAll(made, training));
  }

  /** A cohort for which the teacher runs at every step that it is needed. */
  public CohortSetup(
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
    this(
        task,
        target,
        seed,
        schedule,
        calibrationBatches,
        training,
        validation,
        teacher,
        Optional.empty(),
        initial,
        encoder,
        trials);
  }

  private static void requireAll(Predictions predictions, PatchSource training) {
    if (predictions.patches() != training.size()) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot use predictions: there are %d for %d patches",
          predictions.patches(),
          training.size());
    }
  }

  /**
   * Returns the validation patches as they are looked at: of windows' size where steps see those.
   */
  PatchSource validated() {
    return validation.centres(schedule.windows().side());
  }

  /** Returns this cohort with predictions of its training patches. */
  public CohortSetup withPredictions(Predictions made) {
    return with(Optional.of(made), encoder);
  }

  /** Returns this cohort with an encoder. */
  public CohortSetup withEncoder(Checkpoint weights) {
    return with(predictions, Optional.of(weights));
  }

  private CohortSetup with(Optional<Predictions> made, Optional<Checkpoint> compared) {
    return new CohortSetup(
        task,
        target,
        seed,
        schedule,
        calibrationBatches,
        training,
        validation,
        teacher,
        made,
        initial,
        compared,
        trials);
  }

  /**
   * A frozen teacher, which is read when it first runs.
   *
   * @param model its model name
   * @param source gives its weights
   */
  public record Teacher(String model, Supplier<Checkpoint> source) {
    /** A teacher whose weights are at hand. */
    public Teacher(String model, Checkpoint weights) {
      this(model, () -> weights);
    }

    /** Returns its weights. */
    public Checkpoint weights() {
      return source.get();
    }
  }
}
