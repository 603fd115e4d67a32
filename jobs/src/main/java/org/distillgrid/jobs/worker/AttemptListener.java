package org.distillgrid.jobs.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.jobs.journal.ImageMetrics;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.kd.distill.PatchMaps;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.eval.WeightMapSheet;
import org.distillgrid.kd.train.CohortListener;
import org.distillgrid.kd.train.TrainedTrial;
import org.distillgrid.kd.weights.Checkpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes durable what a cohort's training tells: progress, states, weights, pictures and results.
 */
final class AttemptListener implements CohortListener {
  private static final Logger LOGGER = LoggerFactory.getLogger(AttemptListener.class);
  private static final Duration PROGRESS = Duration.ofSeconds(2);

  private final Function<String, Provenance> provenance;
  private final Scorer scorer;
  private final Function<String, StudentCosts.Cost> costs;
  private final BooleanSupplier stopped;
  private final Map<String, AttemptFolder> running = new LinkedHashMap<>();
  private final List<TrialResult> results = new ArrayList<>();
  private long lastProgress;

  /**
   * Listens for some attempts.
   *
   * @param attempts the folder of each member's attempt, by the member's id
   * @param provenance tells where a member's result comes from, by the member's id
   * @param costs tells what a member costs by its id
   * @param stopped tells whether the Spark task has been asked to end
   */
  AttemptListener(
      Map<String, AttemptFolder> attempts,
      Function<String, Provenance> provenance,
      Scorer scorer,
      Function<String, StudentCosts.Cost> costs,
      BooleanSupplier stopped) {
    this.provenance = provenance;
    this.scorer = scorer;
    this.costs = costs;
    this.stopped = stopped;
    running.putAll(attempts);
  }

  @Override
  public void stepEnded(long step, long steps) {
    if (stopped.getAsBoolean()) {
      throw GridException.of(
          ErrorCode.CLUSTER, "Cannot go on at step %d: the run was stopped", step);
    }
    long now = System.nanoTime();
    boolean due = lastProgress == 0 || now - lastProgress >= PROGRESS.toNanos();
    if (due && !running.isEmpty()) {
      // One file tells of the whole cohort, which is in step.
      running.values().iterator().next().writeProgress(new AttemptFolder.Advance(step, steps));
      lastProgress = now;
    }
  }

  @Override
  public void checkpoint(String trialId, long step, Checkpoint state) {
    running.get(trialId).writeCheckpoint(step, state);
  }

  @Override
  public void pictured(String trialId, int number, PatchMaps maps) {
    running.get(trialId).writeMap(number, WeightMapSheet.draw(maps));
  }

  @Override
  public void picturedUnderWay(String trialId, long step, PatchMaps maps) {
    running.get(trialId).writeMapUnderWay(step, WeightMapSheet.draw(maps));
  }

  @Override
  public void finished(TrainedTrial trained) {
    AttemptFolder attempt = running.get(trained.id());
    try {
      List<ImageMetrics> scores = scorer.score(trained);
      Provenance.Files files =
          new Provenance.Files(attempt.writeWeights(trained.weights()), packed(attempt, trained));
      TrialResult result =
          provenance
              .apply(trained.id())
              .finished(trained, attempt.attempt(), files, costs.apply(trained.id()), scores);
      attempt.writeResult(result);
      end(result);
    } catch (RuntimeException e) {
      failed(trained.id(), trained.steps(), e);
    }
  }

  private static String packed(AttemptFolder attempt, TrainedTrial trained) {
    if (trained.packed().length == 0) {
      return "";
    }
    return attempt.writePacked(trained.packed());
  }

  @Override
  public void failed(String trialId, long step, Exception failure) {
    if (stopped.getAsBoolean()) {
      // Not the trial's fault: its next attempt goes on from the last checkpoint.
      return;
    }
    LOGGER.warn("Trial {} failed at step {}", trialId, step, failure);
    AttemptFolder attempt = running.get(trialId);
    TrialResult result =
        provenance
            .apply(trialId)
            .failed(trialId, attempt.attempt(), step, Messages.firstLine(failure));
    try {
      attempt.writeResult(result);
    } catch (GridException e) {
      // The driver gets the result from the task as well.
      LOGGER.warn("Trial {} failed without a trace: {}", trialId, e.getMessage());
    }
    end(result);
  }

  /** Fails all members that have not ended, for a reason that is none of theirs alone. */
  void failRest(Exception failure) {
    Collection<String> rest = List.copyOf(running.keySet());
    rest.forEach(id -> failed(id, 0, failure));
  }

  /** Returns the results so far. */
  List<TrialResult> results() {
    return List.copyOf(results);
  }

  private void end(TrialResult result) {
    running.remove(result.trialId());
    results.add(result);
  }
}
