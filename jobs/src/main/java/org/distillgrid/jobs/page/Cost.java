package org.distillgrid.jobs.page;

import java.util.Map;
import java.util.OptionalDouble;

/** What a cell costs where it is used. */
enum Cost {
  /** Bytes of the file that holds the student at its bits. */
  SIZE("packed_bytes"),
  /** Operations, each times the bits of both operands. */
  OPERATIONS("bit_operations"),
  /** Milliseconds for an image in ONNX Runtime, where trials were exported. */
  LATENCY(SummaryPart.LATENCY);

  private final String column;

  Cost(String column) {
    this.column = column;
  }

  /** Returns where a row of the summary lies between this cost and PSNR. */
  ParetoPoint point(Map<String, Object> row) {
    if (row.get(column) instanceof Number cost && row.get("psnr_mean") instanceof Number psnr) {
      return new ParetoPoint(OptionalDouble.of(cost.doubleValue()), psnr.doubleValue());
    }
    return new ParetoPoint(OptionalDouble.empty(), 0);
  }
}
