package org.distillgrid.bench;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.distillgrid.kd.image.MatlabBicubic;
import org.distillgrid.kd.image.PlanarImage;

/**
 * Times MATLAB's bicubic ×½ of a 12-megapixel RGB image on one thread. The rival is {@code
 * bench/python/bench_resize.py}, on an image of the same size and make.
 */
public final class BenchResize {
  private static final int HEIGHT = 3000;
  private static final int WIDTH = 4000;
  private static final int WARM_UP = 5;
  private static final int RUNS = 15;

  private BenchResize() {}

  /** Prints one row: what, minimum and median milliseconds, megapixels of input per second. */
  public static void main(String[] arguments) {
    PlanarImage image = image();
    long checksum = 0;
    double[] milliseconds = new double[RUNS];
    for (int run = -WARM_UP; run < RUNS; run++) {
      long start = System.nanoTime();
      PlanarImage half = MatlabBicubic.downscale(image, 2);
      double elapsed = (System.nanoTime() - start) / 1e6;
      checksum += Arrays.hashCode(half.samples());
      if (run >= 0) {
        milliseconds[run] = elapsed;
      }
    }
    Arrays.sort(milliseconds);
    double median = milliseconds[RUNS / 2];
    System.out.println("| resize ×1/2, 4000×3000 RGB | min ms | median ms | megapixels/s |");
    System.out.printf(
        "| distill-grid, 1 thread | %.1f | %.1f | %.0f |%n",
        milliseconds[0], median, HEIGHT * WIDTH / 1e3 / median);
    System.err.println("checksum " + checksum);
  }

  // Gradients with noise: neither all clamped nor all smooth.
  private static PlanarImage image() {
    SplittableRandom random = new SplittableRandom(1);
    byte[] samples = new byte[3 * HEIGHT * WIDTH];
    for (int i = 0; i < samples.length; i++) {
      int column = i % WIDTH;
      int row = i / WIDTH % HEIGHT;
      samples[i] = (byte) (128 * row / HEIGHT + 64 * column / WIDTH + random.nextInt(64));
    }
    return new PlanarImage(3, HEIGHT, WIDTH, samples);
  }
}
