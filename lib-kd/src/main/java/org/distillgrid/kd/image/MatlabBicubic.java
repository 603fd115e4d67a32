package org.distillgrid.kd.image;

/**
 * MATLAB's {@code imresize(…, 'bicubic')}, to the bit: cubic kernel a = −0.5, kernel stretched when
 * shrinking (antialiasing), symmetric boundary.
 *
 * <p>8-bit images that shrink are rounded and clamped after each of the two passes, as the official
 * low-resolution images of Set5 show; those that grow only at the end, as the usual evaluation
 * enlarges in floating point. Planes are never rounded nor clamped.
 */
public final class MatlabBicubic {
  private MatlabBicubic() {}

  /** Returns {@code imresize(image, 1/factor)}: sizes are divided and rounded up. */
  public static PlanarImage downscale(PlanarImage image, int factor) {
    return resize(image, divided(image.height(), factor), divided(image.width(), factor));
  }

  /** Returns {@code imresize(plane, 1/factor)} in floating point. */
  public static Plane downscale(Plane plane, int factor) {
    return resize(plane, divided(plane.height(), factor), divided(plane.width(), factor));
  }

  /** Returns {@code imresize(image, factor)}, rounded once at its end. */
  public static PlanarImage upscale(PlanarImage image, int factor) {
    return resize(image, multiplied(image.height(), factor), multiplied(image.width(), factor));
  }

  /** Returns {@code imresize(plane, factor)} in floating point. */
  public static Plane upscale(Plane plane, int factor) {
    return resize(plane, multiplied(plane.height(), factor), multiplied(plane.width(), factor));
  }

  /** Returns {@code imresize(image, [height width])}. */
  public static PlanarImage resize(PlanarImage image, int height, int width) {
    requirePositive(height);
    requirePositive(width);
    return resize(
        image,
        new Target(height, (double) height / image.height()),
        new Target(width, (double) width / image.width()));
  }

  private record Target(int length, double scale) {}

  private static Target divided(int length, int factor) {
    requirePositive(factor);
    return new Target((length - 1) / factor + 1, 1.0 / factor);
  }

  private static Target multiplied(int length, int factor) {
    requirePositive(factor);
    return new Target(Math.multiplyExact(length, factor), factor);
  }

  private static PlanarImage resize(PlanarImage image, Target vertical, Target horizontal) {
    // MATLAB resizes first along the dimension that shrinks most, along columns when equal.
    if (horizontal.scale() < vertical.scale()) {
      return transposed(verticalFirst(transposed(image), horizontal, vertical));
    }
    return verticalFirst(image, vertical, horizontal);
  }

  private static PlanarImage verticalFirst(PlanarImage image, Target vertical, Target horizontal) {
    BicubicTaps down = taps(image.height(), vertical);
    BicubicTaps across = taps(image.width(), horizontal);
    BicubicRows.Between between = BicubicRows.Between.EXACT;
    if (Math.min(vertical.scale(), horizontal.scale()) < 1) {
      between = BicubicRows.Between.ROUNDED;
    }
    int width = horizontal.length();
    int area = Math.multiplyExact(vertical.length(), width);
    byte[] samples = new byte[Math.multiplyExact(image.channels(), area)];
    for (int channel = 0; channel < image.channels(); channel++) {
      BicubicRows rows = new BicubicRows(source(image, channel), down, across, between);
      for (int row = 0; row < vertical.length(); row++) {
        round(rows.row(row), samples, channel * area + row * width);
      }
    }
    return new PlanarImage(image.channels(), vertical.length(), width, samples);
  }

  private static Plane resize(Plane plane, Target vertical, Target horizontal) {
    int width = horizontal.length();
    double[] values = new double[Math.multiplyExact(vertical.length(), width)];
    BicubicRows rows =
        new BicubicRows(
            source(plane),
            taps(plane.height(), vertical),
            taps(plane.width(), horizontal),
            BicubicRows.Between.EXACT);
    for (int row = 0; row < vertical.length(); row++) {
      System.arraycopy(rows.row(row), 0, values, row * width, width);
    }
    return new Plane(vertical.length(), width, values);
  }

  private static BicubicTaps taps(int inputLength, Target target) {
    return BicubicTaps.between(inputLength, target.length(), target.scale());
  }

  private static BicubicRows.Source source(PlanarImage image, int channel) {
    byte[] samples = image.samples();
    int offset = channel * image.height() * image.width();
    return (row, values) -> {
      int from = offset + row * values.length;
      for (int i = 0; i < values.length; i++) {
        values[i] = samples[from + i] & 0xff;
      }
    };
  }

  private static BicubicRows.Source source(Plane plane) {
    return (row, values) ->
        System.arraycopy(plane.values(), row * values.length, values, 0, values.length);
  }

  private static void round(double[] row, byte[] samples, int offset) {
    for (int i = 0; i < row.length; i++) {
      samples[offset + i] = (byte) Math.max(0, Math.min(255, (int) (row[i] + 0.5)));
    }
  }

  private static PlanarImage transposed(PlanarImage image) {
    int height = image.height();
    int width = image.width();
    byte[] samples = new byte[image.samples().length];
    for (int channel = 0; channel < image.channels(); channel++) {
      int offset = channel * height * width;
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
          samples[offset + column * height + row] = image.samples()[offset + row * width + column];
        }
      }
    }
    return new PlanarImage(image.channels(), width, height, samples);
  }

  private static void requirePositive(int value) {
    if (value < 1) {
      throw new IllegalArgumentException("Factor and sizes must be at least 1: " + value);
    }
  }
}
