package org.distillgrid.kd.image;

/**
 * The definition of MATLAB's antialiased bicubic resize, pixel by pixel over the whole input: slow,
 * plain and written apart from the one under test.
 */
final class NaiveBicubic {
  private NaiveBicubic() {}

  static PlanarImage resize(PlanarImage image, int height, int width) {
    double vertical = (double) height / image.height();
    double horizontal = (double) width / image.width();
    byte[] samples = new byte[image.channels() * height * width];
    for (int c = 0; c < image.channels(); c++) {
      double[][] pixels = new double[image.height()][image.width()];
      for (int i = 0; i < image.height() * image.width(); i++) {
        pixels[i / image.width()][i % image.width()] =
            image.at(c, i / image.width(), i % image.width());
      }
      double[][] result = resize(pixels, height, width, vertical, horizontal);
      for (int i = 0; i < height * width; i++) {
        samples[c * height * width + i] = (byte) (int) result[i / width][i % width];
      }
    }
    return new PlanarImage(image.channels(), height, width, samples);
  }

  private static double[][] resize(
      double[][] pixels, int height, int width, double vertical, double horizontal) {
    boolean shrinks = vertical < 1 || horizontal < 1;
    if (vertical <= horizontal) {
      double[][] between = columns(pixels, height, vertical);
      if (shrinks) {
        round(between);
      }
      return round(rows(between, width, horizontal));
    }
    double[][] between = rows(pixels, width, horizontal);
    if (shrinks) {
      round(between);
    }
    return round(columns(between, height, vertical));
  }

  private static double[][] columns(double[][] pixels, int height, double scale) {
    return transposed(rows(transposed(pixels), height, scale));
  }

  private static double[][] rows(double[][] pixels, int width, double scale) {
    double[][] result = new double[pixels.length][width];
    for (int y = 0; y < pixels.length; y++) {
      for (int x = 0; x < width; x++) {
        result[y][x] = value(pixels[y], x, scale);
      }
    }
    return result;
  }

  private static double[][] transposed(double[][] pixels) {
    double[][] result = new double[pixels[0].length][pixels.length];
    for (int y = 0; y < pixels.length; y++) {
      for (int x = 0; x < pixels[0].length; x++) {
        result[x][y] = pixels[y][x];
      }
    }
    return result;
  }

  private static double[][] round(double[][] pixels) {
    for (double[] row : pixels) {
      for (int x = 0; x < row.length; x++) {
        // The last bits depend on the order of the sum; ties are decided as if they were exact.
        double exact = Math.rint(row[x] * 1e9) / 1e9;
        row[x] = Math.max(0, Math.min(255, Math.floor(exact + 0.5)));
      }
    }
    return pixels;
  }

  private static double value(double[] line, int place, double scale) {
    double center = (place + 0.5) / scale - 0.5;
    double stretch = Math.min(1, scale);
    double reach = 2 / stretch;
    double weightSum = 0;
    double sum = 0;
    for (int i = (int) Math.floor(center - reach); i <= Math.ceil(center + reach); i++) {
      double weight = kernel((i - center) * stretch);
      int folded = i;
      while (folded < 0 || folded >= line.length) {
        if (folded < 0) {
          folded = -1 - folded;
        } else {
          folded = 2 * line.length - 1 - folded;
        }
      }
      weightSum += weight;
      sum += weight * line[folded];
    }
    return sum / weightSum;
  }

  private static double kernel(double x) {
    double t = Math.abs(x);
    if (t < 1) {
      return (1.5 * t - 2.5) * t * t + 1;
    }
    if (t < 2) {
      return ((-0.5 * t + 2.5) * t - 4) * t + 2;
    }
    return 0;
  }
}
