package org.distillgrid.bench;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.task.Tasks;

/**
 * Times what tasks take of a training step for a patch of 96×96 RGB pixels, and of preparing an
 * image of 512×512, on one thread.
 */
public final class BenchTasks {
  private static final List<String> TASKS =
      List.of(
          "denoise-s25",
          "jpeg-q10",
          "blur-g1.6",
          "blur-m15-a30",
          "blur-m15",
          "rain",
          "blur-g1.2+denoise-s5",
          "denoise-s5+jpeg-q30");

  private static final int PATCH = 96;
  private static final int IMAGE = 512;
  private static final int WARM_UP = 300;
  private static final int RUNS = 300;

  private BenchTasks() {}

  /** Prints a row for each task: its name, median milliseconds for a patch and for an image. */
  public static void main(String[] arguments) {
    PlanarImage patch = image(PATCH);
    PlanarImage image = image(IMAGE);
    System.out.println("| task | input of a patch, ms | preparing an image, ms |");
    System.out.println("|---|---|---|");
    for (String name : TASKS) {
      Task task = Tasks.of(name, 1);
      Draws draws = Draws.of("bench");
      double step = median(run -> task.input(patch, draws.at(run, "input")).length);
      double once = median(run -> task.degrade(image).samples().length);
      System.out.printf("| %s | %.3f | %.1f |%n", name, step, once);
    }
  }

  /** What is timed; its result is read, so that it is not left out. */
  private interface Timed {
    long run(int number);
  }

  private static double median(Timed timed) {
    double[] milliseconds = new double[RUNS];
    long read = 0;
    for (int run = -WARM_UP; run < RUNS; run++) {
      long start = System.nanoTime();
      read += timed.run(run + WARM_UP);
      if (run >= 0) {
        milliseconds[run] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(milliseconds);
    if (read == 0) {
      throw new IllegalStateException("Nothing was made");
    }
    return Stopwatch.median(milliseconds);
  }

  // Gradients with noise: neither all clamped nor all smooth.
  private static PlanarImage image(int side) {
    SplittableRandom random = new SplittableRandom(1);
    byte[] samples = new byte[3 * side * side];
    for (int i = 0; i < samples.length; i++) {
      int column = i % side;
      int row = i / side % side;
      samples[i] = (byte) (128 * row / side + 64 * column / side + random.nextInt(64));
    }
    return new PlanarImage(3, side, side, samples);
  }
}
