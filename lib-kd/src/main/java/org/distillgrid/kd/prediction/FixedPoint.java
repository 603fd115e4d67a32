package org.distillgrid.kd.prediction;

import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * Samples of images in 16 bits: 65,536 values evenly spread over [−0.25, 1.25], so that one is off
 * by 1.15e-5 at most. Images lie in [0, 1], and what a network puts beyond the range is cut off.
 */
final class FixedPoint {
  private static final double LEAST = -0.25;
  private static final double MOST = 1.25;
  private static final int STEPS = 65_535;

  private FixedPoint() {}

  /**
   * Returns what stands for a sample.
   *
   * @throws GridException if it is no number
   */
  static char of(float sample) {
    if (!Float.isFinite(sample)) {
      throw GridException.of(
          ErrorCode.TRAINING, "Cannot keep predictions: the teacher's output is %s", sample);
    }
    double bounded = Math.max(LEAST, Math.min(MOST, sample));
    return (char) Math.round((bounded - LEAST) * (STEPS / (MOST - LEAST)));
  }

  /** Returns the sample. */
  static float sample(char value) {
    return (float) (LEAST + value * ((MOST - LEAST) / STEPS));
  }
}
