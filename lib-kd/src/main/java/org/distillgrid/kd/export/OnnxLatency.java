package org.distillgrid.kd.export;

import java.util.Arrays;

/** Measures how long an exported network takes for an image in ONNX Runtime. */
public final class OnnxLatency {
  private static final int WARM_UP = 2;
  private static final int RUNS = 9;
  private static final double MILLISECOND = 1e6;

  private OnnxLatency() {}

  /** Returns the median of nine runs in milliseconds, after two that do not count. */
  public static double milliseconds(OnnxSession session, int channels, int height, int width) {
    float[] image = new float[channels * height * width];
    Arrays.fill(image, 0.5f);
    double[] taken = new double[RUNS];
    for (int i = -WARM_UP; i < RUNS; i++) {
      long before = System.nanoTime();
      session.run(image, 1, channels, height, width);
      if (i >= 0) {
        taken[i] = (System.nanoTime() - before) / MILLISECOND;
      }
    }
    Arrays.sort(taken);
    return taken[RUNS / 2];
  }
}
