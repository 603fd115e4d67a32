package org.distillgrid.kd.image;

/**
 * BT.601 luma as MATLAB's {@code rgb2ycbcr} defines it: Y = 16 + (65.481·R + 128.553·G +
 * 24.966·B)/255, 16..235 for values 0..255. A grey image is taken as its own luma.
 */
public final class Luma {
  private Luma() {}

  /** Returns the unrounded luma: what restored images are judged on. */
  public static Plane of(PlanarImage image) {
    if (image.channels() == 1) {
      return Plane.of(image, 0);
    }
    byte[] samples = image.samples();
    int size = image.height() * image.width();
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      int red = samples[i] & 0xff;
      int green = samples[size + i] & 0xff;
      int blue = samples[2 * size + i] & 0xff;
      values[i] = 16 + (65.481 * red + 128.553 * green + 24.966 * blue) / 255;
    }
    return new Plane(image.height(), image.width(), values);
  }

  /**
   * Returns the luma rounded to 8 bits: what the published bicubic baselines shrink and enlarge,
   * and what networks of one channel restore.
   */
  public static PlanarImage rounded(PlanarImage image) {
    if (image.channels() == 1) {
      return image;
    }
    return of(image).rounded();
  }
}
