package org.distillgrid.jobs.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/** Opens the Spark session of a command. What the user configured wins over what is set here. */
public final class SparkSessions {
  /** The scheduler pool in which every cohort has an equal share, see {@code pools.xml}. */
  public static final String TRIAL_POOL = "trials";

  /** The property of a thread that puts its Spark jobs into a pool. */
  public static final String POOL_PROPERTY = "spark.scheduler.pool";

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "spark.master", "local[*]",
          "spark.scheduler.mode", "FAIR",
          "spark.sql.session.timeZone", "UTC",
          // Spark warns of plans that it shortens in messages which nobody sees.
          "spark.sql.debug.maxToStringFields", "1000",
          "spark.ui.enabled", "false",
          "spark.ui.showConsoleProgress", "false");

  private SparkSessions() {}

  /**
   * Opens a session. Refuses dynamic allocation, because a grid counts its devices once and keeps
   * them.
   *
   * @param name the application's name, as a cluster's master shows it
   */
  public static SparkSession open(String name) {
    SparkConf configuration = new SparkConf().setAppName(name);
    DEFAULTS.forEach(configuration::setIfMissing);
    if (configuration.getBoolean("spark.dynamicAllocation.enabled", false)) {
      throw GridException.of(
          ErrorCode.CLUSTER,
          "Cannot start: a grid keeps its executors, but spark.dynamicAllocation.enabled is true;"
              + " it must be false");
    }
    if (!configuration.contains("spark.scheduler.allocation.file")) {
      configuration.set("spark.scheduler.allocation.file", poolFile().toUri().toString());
    }
    SparkSession session = SparkSession.builder().config(configuration).getOrCreate();
    session.sparkContext().setLogLevel("WARN");
    return session;
  }

  /** Spark reads its pools from a file only: its class loader does not see our jar. */
  private static Path poolFile() {
    try (InputStream pools = SparkSessions.class.getResourceAsStream("pools.xml")) {
      Path file = Files.createTempFile("distill-grid-pools", ".xml");
      file.toFile().deleteOnExit();
      Files.copy(pools, file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException e) {
      throw GridException.of(
          e,
          ErrorCode.OUTPUT,
          "Cannot write the scheduler pools to %s: %s",
          System.getProperty("java.io.tmpdir"),
          e.getMessage());
    }
  }
}
