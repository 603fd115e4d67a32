package org.distillgrid.kd.distill;

/**
 * PSNR and SSIM of one image of a batch, in plain numbers: nothing is shared, no sum is separated.
 *
 * @param image its place in the batch
 * @param channels of each image
 * @param height of each image
 * @param width of each image
 */
public record PlainSimilarity(int image, int channels, int height, int width) {
  private static final int WINDOW = 11;

  /** Returns the PSNR over all samples for a peak of 1. */
  public double psnr(float[] restored, float[] target) {
    int samples = channels * height * width;
    double sum = 0;
    for (int i = image * samples; i < (image + 1) * samples; i++) {
      sum += Math.pow((double) restored[i] - target[i], 2);
    }
    return -10 * Math.log10(sum / samples);
  }

  /** Returns SSIM, mean over channels and windows that lie inside. */
  public double ssim(float[] restored, float[] target) {
    double sum = 0;
    int windows = 0;
    for (int channel = 0; channel < channels; channel++) {
      for (int row = 0; row + WINDOW <= height; row++) {
        for (int column = 0; column + WINDOW <= width; column++) {
          int corner = ((image * channels + channel) * height + row) * width + column;
          sum += window(restored, target, corner);
          windows++;
        }
      }
    }
    return sum / windows;
  }

  private double window(float[] restored, float[] target, int corner) {
    double[] mean = new double[2];
    double total = 0;
    for (int i = 0; i < WINDOW * WINDOW; i++) {
      total += weight(i);
      mean[0] += weight(i) * restored[corner + place(i)];
      mean[1] += weight(i) * target[corner + place(i)];
    }
    mean[0] /= total;
    mean[1] /= total;
    double first = 0;
    double second = 0;
    double both = 0;
    for (int i = 0; i < WINDOW * WINDOW; i++) {
      double a = restored[corner + place(i)] - mean[0];
      double b = target[corner + place(i)] - mean[1];
      first += weight(i) * a * a / total;
      second += weight(i) * b * b / total;
      both += weight(i) * a * b / total;
    }
    return (2 * mean[0] * mean[1] + 1e-4)
        * (2 * both + 9e-4)
        / ((mean[0] * mean[0] + mean[1] * mean[1] + 1e-4) * (first + second + 9e-4));
  }

  private int place(int tap) {
    return tap / WINDOW * width + tap % WINDOW;
  }

  private static double weight(int tap) {
    double down = tap / WINDOW - 5.0;
    double along = tap % WINDOW - 5.0;
    return Math.exp(-(down * down + along * along) / (2 * 1.5 * 1.5));
  }
}
