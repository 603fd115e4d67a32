package org.distillgrid.jobs.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.util.StdConverter;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.distillgrid.kd.train.CurvePoint;

/**
 * The form of {@code result.json}, which is that of the first version: an attempt that failed has
 * an error, and zeros and empty texts in place of numbers and weights. What is missing here that
 * every version has written makes the file a damaged one.
 */
record ResultFile(
    String trialId,
    String attempt,
    String error,
    long steps,
    double seconds,
    String device,
    String slot,
    int threads,
    long parameters,
    long packedBytes,
    Long macs,
    Long bitOperations,
    String weightHash,
    String weights,
    String packed,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String diverged,
    String teacherHash,
    TrialResult.Versions versions,
    String finishedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) LpipsNetwork lpips,
    List<ImageMetrics> scores,
    List<CurvePoint> curve) {
  ResultFile {
    Stream.of(trialId, attempt, error, weightHash, weights, versions, finishedAt)
        .forEach(Objects::requireNonNull);
    packed = Objects.requireNonNullElse(packed, "");
    diverged = Objects.requireNonNullElse(diverged, "");
    scores = List.copyOf(scores);
    curve = List.copyOf(curve);
  }

  /** Puts a result into the form of the file. */
  static final class Writing extends StdConverter<TrialResult, ResultFile> {
    @Override
    public ResultFile convert(TrialResult result) {
      return result.either(ResultFile::of, ResultFile::of);
    }
  }

  /** Takes a result out of the form of the file. */
  static final class Reading extends StdConverter<ResultFile, TrialResult> {
    @Override
    public TrialResult convert(ResultFile file) {
      return file.result();
    }
  }

  private static ResultFile of(FinishedResult result) {
    Circumstances common = result.circumstances();
    return new ResultFile(
        common.trialId(),
        common.attempt(),
        "",
        common.steps(),
        result.seconds(),
        common.device(),
        common.slot(),
        common.threads(),
        result.parameters(),
        result.packedBytes(),
        result.macs(),
        result.bitOperations(),
        result.weightHash(),
        result.weights(),
        result.packed(),
        result.diverged(),
        common.teacherHash(),
        common.versions(),
        common.finishedAt(),
        result.lpips(),
        result.scores(),
        result.curve());
  }

  private static ResultFile of(FailedResult result) {
    Circumstances common = result.circumstances();
    return new ResultFile(
        common.trialId(),
        common.attempt(),
        result.error(),
        common.steps(),
        0,
        common.device(),
        common.slot(),
        common.threads(),
        0,
        0,
        0L,
        0L,
        "",
        "",
        "",
        "",
        common.teacherHash(),
        common.versions(),
        common.finishedAt(),
        null,
        List.of(),
        List.of());
  }

  private TrialResult result() {
    Circumstances common =
        new Circumstances(
            trialId, attempt, steps, device, slot, threads, teacherHash, versions, finishedAt);
    if (!error.isEmpty()) {
      return new FailedResult(common, error);
    }
    return new FinishedResult(
        common,
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
}
