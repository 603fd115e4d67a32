package org.distillgrid.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.prepare.PrepareJob;
import org.distillgrid.jobs.spec.DataSpec;
import org.distillgrid.jobs.spec.ImageSource;
import org.distillgrid.jobs.spec.TaskSpec;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.PlanarImage;

/**
 * Megapixels a second from PNG files to the patch table, on one core and on two, super-resolution
 * ×2, patches of 96; the median of five runs after one to warm up. The folder of PNG files is the
 * argument; without one, twelve of two megapixels are made.
 */
public final class BenchPrepare {
  private static final int IMAGES = 12;
  private static final int RUNS = 5;
  private static final long MAX_PIXELS = 100_000_000;
  private static final double MEGA = 1e6;
  private static final double NANO = 1e9;

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** Seconds on the clock, and of all threads on the processors. */
  private record Cost(double seconds, double processor) {}

  private BenchPrepare() {}

  /** Prints a row of the table of docs/benchmarks.md for each number of cores. */
  public static void main(String... arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path folder = Files.createTempDirectory("bench-prepare");
    Path images = folder.resolve("images");
    try {
      if (arguments.length > 0) {
        images = Path.of(arguments[0]);
      } else {
        WavePngs.write(images, IMAGES);
      }
      double megapixels = pixels(images) / MEGA;
      out.println(
          "| prepare, cores | Mpixel/s | seconds | seconds of processor time"
              + " | Mpixel a second of processor time |");
      out.println("|---|---|---|---|---|");
      for (int cores = 1; cores <= 2; cores++) {
        Cost cost = median(images, folder.resolve("run"), cores);
        out.printf(
            "| %d | %.1f | %.2f | %.2f | %.1f |%n",
            cores,
            megapixels / cost.seconds(),
            cost.seconds(),
            cost.processor(),
            megapixels / cost.processor());
      }
    } finally {
      delete(folder);
    }
  }

  private static double pixels(Path images) throws IOException {
    ImageReader reader = ImageReader.bounded(MAX_PIXELS);
    double sum = 0;
    try (Stream<Path> files = Files.list(images)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".png")).toList()) {
        PlanarImage image = reader.read(file);
        sum += (double) image.height() * image.width();
      }
    }
    return sum;
  }

  private static Cost median(Path images, Path output, int cores) throws IOException {
    SparkSession session =
        SparkSession.builder()
            .master("local[" + cores + "]")
            .appName("bench prepare")
            .config("spark.ui.enabled", false)
            .getOrCreate();
    try {
      session.sparkContext().setLogLevel("ERROR");
      prepare(session, images, output);
      List<Cost> costs = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        costs.add(prepare(session, images, output));
      }
      costs.sort(Comparator.comparingDouble(Cost::seconds));
      return costs.get(RUNS / 2);
    } finally {
      session.stop();
    }
  }

  private static Cost prepare(SparkSession session, Path images, Path output) throws IOException {
    DataSpec data =
        new DataSpec(List.of(ImageSource.at(images.toString())), List.of(), 3, 96, 96, MAX_PIXELS);
    RunFolder run = RunFolder.of(output.toString(), new Configuration());
    long start = System.nanoTime();
    long processor = PROCESS.getProcessCpuTime();
    PrepareJob.run(session, data, new TaskSpec("sr", 2), run, message -> {});
    Cost cost =
        new Cost(
            (System.nanoTime() - start) / NANO, (PROCESS.getProcessCpuTime() - processor) / NANO);
    delete(output);
    return cost;
  }

  /** Deletes a folder with all that it holds. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
