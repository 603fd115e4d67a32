package org.distillgrid.jobs.journal;

import java.util.List;

/**
 * What is known of a trial's exported network; it lies beside the file as JSON.
 *
 * @param trialId the trial's id
 * @param format {@code onnx}
 * @param path of the file: below the run folder, or fully qualified elsewhere
 * @param bytes of the file
 * @param opset version of the operators
 * @param size {@code dynamic}, or the one size of image that it takes
 * @param weightHash SHA-256 of the weights that were exported, hexadecimal
 * @param runtime what computed the scores, with its version
 * @param exportedAt the time in UTC, ISO 8601
 * @param latency how long an image takes in the runtime; null in exports of earlier versions
 * @param scores one per evaluated image; none where the file takes one size only
 */
public record ExportResult(
    String trialId,
    String format,
    String path,
    long bytes,
    int opset,
    String size,
    String weightHash,
    String runtime,
    String exportedAt,
    Latency latency,
    List<Score> scores) {

  /**
   * How long an image takes in the runtime, on one thread.
   *
   * @param size of the degraded image, width×height
   * @param milliseconds the median of some runs
   */
  public record Latency(String size, double milliseconds) {}

  /**
   * How one image was restored, twice.
   *
   * @param dataset the evaluation set's name
   * @param image the image's name
   * @param psnrFake of the fake-quantised network, in dB
   * @param psnrInteger of the exported one, in dB
   */
  public record Score(String dataset, String image, double psnrFake, double psnrInteger) {}

  public ExportResult {
    scores = List.copyOf(scores);
  }

  /** Returns the same of a trial with another id. */
  public ExportResult ofTrial(String id) {
    return new ExportResult(
        id, format, path, bytes, opset, size, weightHash, runtime, exportedAt, latency, scores);
  }
}
