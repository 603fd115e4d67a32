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

/**
 * Megapixels a second from PNG files to the patch table, on one core and on two: twelve images of
 * two megapixels, super-resolution ×2, patches of 96; the median of five runs after one to warm up.
 */
public final class BenchPrepare {
  private static final int IMAGES = 12;
  private static final int RUNS = 5;
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
    try {
      WavePngs.write(folder.resolve("images"), IMAGES);
      out.println("| prepare, cores | Mpixel/s | seconds | seconds of processor time |");
      out.println("|---|---|---|---|");
      for (int cores = 1; cores <= 2; cores++) {
        Cost cost = median(folder, cores);
        double megapixels = (double) IMAGES * WavePngs.HEIGHT * WavePngs.WIDTH / MEGA;
        out.printf(
            "| %d | %.1f | %.2f | %.2f |%n",
            cores, megapixels / cost.seconds(), cost.seconds(), cost.processor());
      }
    } finally {
      delete(folder);
    }
  }

  private static Cost median(Path folder, int cores) throws IOException {
    SparkSession session =
        SparkSession.builder()
            .master("local[" + cores + "]")
            .appName("bench prepare")
            .config("spark.ui.enabled", false)
            .getOrCreate();
    try {
      session.sparkContext().setLogLevel("ERROR");
      prepare(session, folder);
      List<Cost> costs = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        costs.add(prepare(session, folder));
      }
      costs.sort(Comparator.comparingDouble(Cost::seconds));
      return costs.get(RUNS / 2);
    } finally {
      session.stop();
    }
  }

  private static Cost prepare(SparkSession session, Path folder) throws IOException {
    Path output = folder.resolve("run");
    DataSpec data =
        new DataSpec(
            List.of(ImageSource.at(folder.resolve("images").toString())),
            List.of(),
            3,
            96,
            96,
            100_000_000);
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
