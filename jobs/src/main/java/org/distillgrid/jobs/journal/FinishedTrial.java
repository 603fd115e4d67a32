package org.distillgrid.jobs.journal;

import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.JsonFiles;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * A trial that has finished, as far as a driver keeps it in mind: all of its result but what grows
 * with steps and images, and by what its file is known again.
 *
 * @param trialId the trial's id
 * @param attempt the attempt whose result counts
 * @param weightHash SHA-256 of the weights, hexadecimal
 * @param weights path of the weights below the run folder
 * @param diverged why the training counts as diverged; empty if it does not
 * @param bytes length of the result's file
 * @param modified when the result's file was written, in milliseconds since 1970
 */
public record FinishedTrial(
    String trialId,
    String attempt,
    String weightHash,
    String weights,
    String diverged,
    long bytes,
    long modified)
    implements Standing {
  /** Refuses what lacks something, as lines of a damaged index may. */
  public FinishedTrial {
    Stream.of(trialId, attempt, weightHash, weights, diverged).forEach(Objects::requireNonNull);
  }

  /**
   * Returns what is kept in mind of a result.
   *
   * @param bytes length of its file
   * @param modified when its file was written
   */
  public static FinishedTrial of(FinishedResult result, long bytes, long modified) {
    return new FinishedTrial(
        result.trialId(),
        result.attempt(),
        result.weightHash(),
        result.weights(),
        result.diverged(),
        bytes,
        modified);
  }

  @Override
  public <T> T match(Function<FinishedTrial, T> finished, Function<FailedResult, T> failed) {
    return finished.apply(this);
  }

  @Override
  public TrialResult result(RunFolder run) {
    Path path = run.attempts(trialId).attempt(attempt).result();
    return new JsonFiles(run.files())
        .read(path, TrialResult.class)
        .filter(result -> attempt.equals(result.attempt()))
        .orElseThrow(
            () ->
                GridException.of(
                    ErrorCode.INPUT,
                    "Cannot read %s: the result of a finished trial is gone or damaged (the next"
                        + " run trains it again)",
                    path));
  }
}
