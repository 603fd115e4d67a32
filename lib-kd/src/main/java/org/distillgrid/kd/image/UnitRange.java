package org.distillgrid.kd.image;

import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/** Brings 8-bit images to the range 0..1 of networks, and their outputs back. */
public final class UnitRange {
  private UnitRange() {}

  /** Returns the samples divided by 255, C×H×W. */
  public static float[] of(PlanarImage image) {
    byte[] samples = image.samples();
    float[] values = new float[samples.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (samples[i] & 0xff) / 255f;
    }
    return values;
  }

  /** Returns the values of a plane divided by 255, H×W. */
  public static float[] of(Plane plane) {
    float[] values = new float[plane.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (plane.values()[i] / 255);
    }
    return values;
  }

  /**
   * Returns an output of C×H×W values as an image: clamped to 0..1, times 255, rounded half up.
   *
   * @throws GridException if a value is not a number
   */
  public static PlanarImage image(float[] values, int channels, int height, int width) {
    byte[] samples = new byte[values.length];
    for (int i = 0; i < samples.length; i++) {
      float value = values[i];
      if (Float.isNaN(value)) {
        throw GridException.of(
            ErrorCode.TRAINING, "Cannot make an image of a network's output: value %d is NaN", i);
      }
      float clamped = Math.max(0, Math.min(1, value));
      // The sum in double: in float, adding one half could itself round up.
      double scaled = clamped * 255f;
      samples[i] = (byte) (int) (scaled + 0.5);
    }
    return new PlanarImage(channels, height, width, samples);
  }
}
