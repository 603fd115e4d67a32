package org.distillgrid.jobs.journal;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.distillgrid.kd.train.CurvePoint;

/**
 * What an attempt at a trial left, as its {@code result.json} holds it: everything that the tables
 * say beside the trial's own axes.
 *
 * @param trialId the trial's id
 * @param attempt the attempt's id
 * @param error one line if the attempt failed; empty if it finished
 * @param steps updates made
 * @param seconds time that the trial took of its cohort's
 * @param device {@code cpu} or {@code gpu:0}
 * @param slot the host, executor and address that Spark assigned
 * @param threads intra-op threads; another count gives other bits
 * @param parameters weights and biases of the student
 * @param packedBytes length of the file that holds the student at the trial's bits; an estimate
 *     where there is no such file
 * @param macs multiplications with an addition for a restored image of 1280×720; null in results of
 *     versions that did not count them
 * @param bitOperations the same, each times the bits of both operands; null likewise
 * @param weightHash SHA-256 of the weights, hexadecimal; empty if the attempt failed
 * @param weights path of the weights below the run folder; empty if the attempt failed
 * @param packed path of the file at the trial's bits, likewise; empty also in results of versions
 *     that kept none
 * @param teacherHash SHA-256 of the teacher's weights; empty where no teacher takes part
 * @param versions what computed it
 * @param finishedAt the time in UTC, ISO 8601
 * @param scores one per evaluated image
 * @param curve the training curve
 */
public record TrialResult(
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
    String teacherHash,
    Versions versions,
    String finishedAt,
    List<ImageScore> scores,
    List<CurvePoint> curve)
    implements Serializable {

  /**
   * What computed a result.
   *
   * @param distillGrid of distill-grid
   * @param engine of PyTorch
   * @param java of the Java runtime
   */
  public record Versions(String distillGrid, String engine, String java) implements Serializable {}

  /**
   * Takes unmodifiable copies of the lists.
   *
   * @throws NullPointerException if something is missing that every version has written; read from
   *     a file, such a result counts as damaged
   */
  public TrialResult {
    Stream.of(trialId, attempt, error, weightHash, weights, versions, finishedAt)
        .forEach(Objects::requireNonNull);
    packed = Objects.requireNonNullElse(packed, "");
    scores = List.copyOf(scores);
    curve = List.copyOf(curve);
  }

  /** Returns whether the attempt left weights and scores. */
  public boolean finished() {
    return error.isEmpty();
  }
}
