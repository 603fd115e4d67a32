package org.distillgrid.kd.task;

import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.filter.Kernel;

/**
 * The rain of one image: straight streaks of one length and direction, each of its own brightness.
 *
 * @param density share of the image that streaks would cover if none lay over another
 * @param length of each in pixels
 * @param motion how each fades away from its middle
 */
record Streaks(double density, double length, Kernel motion) {
  private static final double VERTICAL = 90;
  // Of white: from hardly seen to bright.
  private static final double DIMMEST = 0.1;
  private static final double BRIGHTEST = 0.6;
  private static final int WHITE = 255;
  // One channel is luma, where white is 235 and black 16.
  private static final int LUMA_WHITE = 235;
  private static final double LUMA_SHARE = 219 / 255.0;

  /**
   * Draws what all streaks of an image have in common.
   *
   * @param density their mean share of the image; drawn between half of it and half more
   * @param length their mean length in pixels, likewise
   * @param tilt the greatest angle to the vertical in degrees, to either side
   */
  static Streaks drawn(double density, double length, double tilt, UniformRandomProvider draws) {
    double share = density * (0.5 + draws.nextDouble());
    double pixels = length * (0.5 + draws.nextDouble());
    double degrees = VERTICAL + tilt * (2 * draws.nextDouble() - 1);
    return new Streaks(share, pixels, Kernel.motion(pixels, degrees));
  }

  /**
   * Returns an image with streaks at drawn places, clipped at white and rounded to 8 bits. Luma
   * gets what becomes of streaks in colour, and is clipped at its own white.
   */
  PlanarImage over(PlanarImage image, UniformRandomProvider draws) {
    double[] light = light(image.height(), image.width(), draws);
    double share = 1;
    int white = WHITE;
    if (image.channels() == 1) {
      share = LUMA_SHARE;
      white = LUMA_WHITE;
    }
    byte[] samples = image.samples().clone();
    for (int i = 0; i < samples.length; i++) {
      int clean = samples[i] & 0xff;
      double value = Math.min(Math.max(white, clean), clean + share * light[i % light.length]);
      samples[i] = (byte) (int) (value + 0.5);
    }
    return new PlanarImage(image.channels(), image.height(), image.width(), samples);
  }

  // Middles lie outside of the image, too, as far as their streaks reach into it.
  private double[] light(int height, int width, UniformRandomProvider draws) {
    int above = motion.height() / 2;
    int beside = motion.width() / 2;
    int rows = height + 2 * above;
    int columns = width + 2 * beside;
    double mean = density * rows * columns / length;
    double[] light = new double[height * width];
    // As many as the mean says: its fraction is one more now and then.
    long count = (long) (mean + draws.nextDouble());
    for (long i = 0; i < count; i++) {
      int row = draws.nextInt(rows) - above;
      int column = draws.nextInt(columns) - beside;
      double brightness = DIMMEST + (BRIGHTEST - DIMMEST) * draws.nextDouble();
      add(row, column, WHITE * brightness, light, width);
    }
    return light;
  }

  private void add(int row, int column, double brightness, double[] light, int width) {
    int height = light.length / width;
    double scale = brightness / motion.at(0, 0);
    int above = motion.height() / 2;
    int beside = motion.width() / 2;
    for (int r = Math.max(0, row - above); r <= Math.min(height - 1, row + above); r++) {
      for (int c = Math.max(0, column - beside); c <= Math.min(width - 1, column + beside); c++) {
        light[r * width + c] += scale * motion.at(r - row, c - column);
      }
    }
  }
}
