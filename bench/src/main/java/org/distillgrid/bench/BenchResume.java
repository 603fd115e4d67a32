package org.distillgrid.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.run.Grid;

/**
 * What it costs to resume a run in which thousands of trials have finished and nothing is left to
 * do. Each resume is a JVM of its own; {@code bench/run.sh} starts them one after the other.
 */
public final class BenchResume {
  private static final double NANOSECONDS = 1e9;
  private static final double MEBIBYTE = 1 << 20;

  private BenchResume() {}

  /** Does {@code make FOLDER TRIALS}, or {@code resume FOLDER TRIALS CASE}, which prints a row. */
  public static void main(String... arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    FinishedRun run = new FinishedRun(folder);
    int trials = Integer.parseInt(arguments[2]);
    long start = System.nanoTime();
    SparkSession session =
        SparkSession.builder()
            .master("local[2]")
            .appName("bench resume")
            .config("spark.ui.enabled", false)
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.hadoop.fs.file.impl", CountedFiles.class.getName())
            .config("spark.hadoop.fs.file.impl.disable.cache", true)
            .getOrCreate();
    try {
      session.sparkContext().setLogLevel("ERROR");
      if (arguments[0].equals("make")) {
        run.make(session, trials);
        return;
      }
      Grid.of(session, run.spec()).optListener(System.err::println).run();
      double seconds = (System.nanoTime() - start) / NANOSECONDS;
      row(trials, arguments[3], seconds);
    } finally {
      session.stop();
    }
  }

  private static void row(int trials, String which, double seconds) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum();
    new PrintStream(System.out, true, StandardCharsets.UTF_8)
        .printf(
            "| %,d | %s | %.1f | %.1f | %.0f | %.2f |%n",
            trials,
            which,
            seconds,
            system.getProcessCpuTime() / NANOSECONDS,
            peak / MEBIBYTE,
            (double) CountedFiles.OPERATIONS.get() / trials);
  }
}
