package org.distillgrid.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.distillgrid.kd.train.CohortListener;
import org.distillgrid.kd.train.TrainedTrial;
import org.distillgrid.kd.weights.Checkpoint;

/** Keeps what each trial's weights are, tells of each step, and ends a check when a trial fails. */
final class GpuListener implements CohortListener {
  private final Map<String, String> hashes = new HashMap<>();
  private final LongConsumer watch;

  /**
   * Makes a listener.
   *
   * @param watch is given each step that has ended, counted from 1
   */
  GpuListener(LongConsumer watch) {
    this.watch = watch;
  }

  Map<String, String> hashes() {
    return Map.copyOf(hashes);
  }

  @Override
  public void stepEnded(long step, long steps) {
    watch.accept(step);
  }

  @Override
  public void checkpoint(String trialId, long step, Checkpoint state) {}

  @Override
  public void finished(TrainedTrial trial) {
    hashes.put(trial.id(), trial.weightHash());
  }

  @Override
  public void failed(String trialId, long step, Exception failure) {
    throw new IllegalStateException("Cannot train " + trialId, failure);
  }
}
