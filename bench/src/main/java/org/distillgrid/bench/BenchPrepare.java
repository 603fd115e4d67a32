package org.distillgrid.bench;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.prepare.PrepareJob;
import org.distillgrid.jobs.spec.DataSpec;
import org.distillgrid.jobs.spec.TaskSpec;

/**
 * Megapixels a second from PNG files to the patch table, on one core and on two: twelve images of
 * two megapixels, super-resolution ×2, patches of 96; the median of five runs after one to warm up.
 */
public final class BenchPrepare {
  private static final int IMAGES = 12;
  private static final int HEIGHT = 1200;
  private static final int WIDTH = 1700;
  private static final int RUNS = 5;
  private static final double MEGA = 1e6;

  private BenchPrepare() {}

  /** Prints a row of the table of docs/benchmarks.md for each number of cores. */
  public static void main(String... arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path folder = Files.createTempDirectory("bench-prepare");
    try {
      for (int i = 0; i < IMAGES; i++) {
        write(folder.resolve("images/i" + i + ".png"), i);
      }
      out.println("| prepare, cores | Mpixel/s | seconds |");
      out.println("|---|---|---|");
      for (int cores = 1; cores <= 2; cores++) {
        double seconds = median(folder, cores);
        double megapixels = (double) IMAGES * HEIGHT * WIDTH / MEGA;
        out.printf("| %d | %.1f | %.2f |%n", cores, megapixels / seconds, seconds);
      }
    } finally {
      delete(folder);
    }
  }

  private static double median(Path folder, int cores) throws IOException {
    SparkSession session =
        SparkSession.builder()
            .master("local[" + cores + "]")
            .appName("bench prepare")
            .config("spark.ui.enabled", false)
            .getOrCreate();
    try {
      session.sparkContext().setLogLevel("ERROR");
      prepare(session, folder);
      double[] seconds = new double[RUNS];
      for (int i = 0; i < RUNS; i++) {
        seconds[i] = prepare(session, folder);
      }
      Arrays.sort(seconds);
      return seconds[RUNS / 2];
    } finally {
      session.stop();
    }
  }

  private static double prepare(SparkSession session, Path folder) throws IOException {
    Path output = folder.resolve("run");
    DataSpec data =
        new DataSpec(
            List.of(folder.resolve("images").toString()), List.of(), 3, 96, 96, 100_000_000);
    RunFolder run = RunFolder.of(output.toString(), new Configuration());
    long start = System.nanoTime();
    PrepareJob.run(session, data, new TaskSpec("sr", 2), run, message -> {});
    double seconds = (System.nanoTime() - start) / 1e9;
    delete(output);
    return seconds;
  }

  // Smooth waves with a little noise compress about as photographs do.
  private static void write(Path file, int seed) throws IOException {
    Files.createDirectories(file.getParent());
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int base = (int) (120 + 90 * Math.sin(x / 37.0 + seed) * Math.cos(y / 23.0));
        int red = base + random.nextInt(8);
        int green = base + random.nextInt(8);
        int blue = base / 2 + random.nextInt(8);
        image.setRGB(x, y, (red << 16) | (green << 8) | blue);
      }
    }
    ImageIO.write(image, "png", file.toFile());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
