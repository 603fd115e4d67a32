package org.distillgrid.jobs.journal;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.distillgrid.kd.train.CurvePoint;

/**
 * What an attempt left that trained to its end: weights, costs and scores.
 *
 * @param circumstances what failed attempts have too
 * @param seconds time that the trial took of its cohort's
 * @param parameters weights and biases of the student
 * @param packedBytes length of the file that holds the student at the trial's bits; an estimate
 *     where there is no such file
 * @param macs multiplications with an addition for a restored image of 1280×720; null in results of
 *     versions that did not count them
 * @param bitOperations the same, each times the bits of both operands; null likewise
 * @param weightHash SHA-256 of the weights, hexadecimal
 * @param weights path of the weights below the run folder
 * @param packed path of the file at the trial's bits, likewise; empty in results of versions that
 *     kept none
 * @param diverged why the training counts as diverged; empty if it does not, and in results of
 *     versions that did not look
 * @param lpips in whose features images were compared; null where LPIPS was not measured
 * @param scores one per evaluated image
 * @param curve the training curve
 */
public record FinishedResult(
    Circumstances circumstances,
    double seconds,
    long parameters,
    long packedBytes,
    Long macs,
    Long bitOperations,
    String weightHash,
    String weights,
    String packed,
    String diverged,
    LpipsNetwork lpips,
    List<ImageMetrics> scores,
    List<CurvePoint> curve)
    implements TrialResult {
  public FinishedResult {
    Objects.requireNonNull(circumstances, "circumstances");
    scores = List.copyOf(scores);
    curve = List.copyOf(curve);
  }

  /** Returns the same under other circumstances. */
  public FinishedResult under(Circumstances others) {
    return new FinishedResult(
        others,
        seconds,
        parameters,
        packedBytes,
        macs,
        bitOperations,
        weightHash,
        weights,
        packed,
        diverged,
        lpips,
        scores,
        curve);
  }

  @Override
  public <T> T either(Function<FinishedResult, T> finished, Function<FailedResult, T> failed) {
    return finished.apply(this);
  }
}
