package org.distillgrid.kd.train;

import java.util.Optional;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.weights.Checkpoint;

/** Listens to a cohort of one, and keeps how it ended. */
final class SoleTrial implements CohortListener {
  private final TrainingBuilder.Progress progress;
  private Optional<TrainedTrial> trained = Optional.empty();
  private Optional<Exception> failure = Optional.empty();

  SoleTrial(TrainingBuilder.Progress progress) {
    this.progress = progress;
  }

  /**
   * Returns what the training left.
   *
   * @throws GridException if it failed
   */
  TrainedTrial result(Cell cell) {
    failure.ifPresent(
        cause -> {
          throw GridException.of(
              cause, ErrorCode.TRAINING, "Cannot train %s: %s", cell, cause.getMessage());
        });
    return trained.orElseThrow(() -> new IllegalStateException("Neither trained nor failed"));
  }

  @Override
  public void stepEnded(long step, long steps) {
    progress.stepEnded(step, steps);
  }

  @Override
  public void checkpoint(String trialId, long step, Checkpoint state) {}

  @Override
  public void finished(TrainedTrial trial) {
    trained = Optional.of(trial);
  }

  @Override
  public void failed(String trialId, long step, Exception cause) {
    failure = Optional.of(cause);
  }
}
