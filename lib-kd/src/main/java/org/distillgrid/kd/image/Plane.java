package org.distillgrid.kd.image;

import java.util.Objects;

/**
 * One plane of unrounded values on the scale 0..255, row-major: what PSNR and SSIM are computed on.
 * The array is shared, not copied: who hands it over gives it up.
 */
public record Plane(int height, int width, double[] values) {
  /** Checks that the values fit the sizes. */
  public Plane {
    Objects.requireNonNull(values, "values");
    if (height < 1 || width < 1 || values.length != (long) height * width) {
      throw new IllegalArgumentException(
          String.format("Values do not fit %d×%d: %d", height, width, values.length));
    }
  }

  /** Returns one channel of an image as it is. */
  public static Plane of(PlanarImage image, int channel) {
    int size = image.height() * image.width();
    double[] values = new double[size];
    int offset = channel * size;
    for (int i = 0; i < size; i++) {
      values[i] = image.samples()[offset + i] & 0xff;
    }
    return new Plane(image.height(), image.width(), values);
  }

  /** Returns the values rounded half up and clamped to 0..255. */
  public PlanarImage rounded() {
    byte[] samples = new byte[values.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) Math.max(0, Math.min(255, (int) (values[i] + 0.5)));
    }
    return new PlanarImage(1, height, width, samples);
  }

  /** Returns the mean of the squared differences to a plane of the same size. */
  public double meanSquaredError(Plane other) {
    requireSameSize(other);
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      double difference = values[i] - other.values[i];
      sum += difference * difference;
    }
    return sum / values.length;
  }

  void requireSameSize(Plane other) {
    if (height != other.height || width != other.width) {
      throw new IllegalArgumentException(
          String.format(
              "Planes differ in size: %d×%d and %d×%d", height, width, other.height, other.width));
    }
  }
}
