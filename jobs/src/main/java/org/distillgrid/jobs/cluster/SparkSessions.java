package org.distillgrid.jobs.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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

  /** The property by which {@code bin/distill-grid} says that nobody has named a master. */
  static final String WHOLE_MACHINE = "spark.distillgrid.machine";

  private static final String MASTER = "spark.master";

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Map<String, String> DEFAULTS =
      Map.of(
          MASTER,
          "local[*]",
          "spark.scheduler.mode",
          "FAIR",
          "spark.sql.session.timeZone",
          "UTC",
          // Spark warns of plans that it shortens in messages which nobody sees.
          "spark.sql.debug.maxToStringFields",
          "1000",
          "spark.ui.enabled",
          "false",
          "spark.ui.showConsoleProgress",
          "false");

  private SparkSessions() {}

  /** Returns the master that somebody has named; nothing where the machine is free to be taken. */
  public static Optional<String> namedMaster() {
    SparkConf configuration = new SparkConf();
    if (configuration.contains(WHOLE_MACHINE)) {
      return Optional.empty();
    }
    return Optional.of(configuration.get(MASTER, DEFAULTS.get(MASTER)));
  }

  /**
   * Opens a session. Refuses dynamic allocation, because a grid counts its devices once and keeps
   * them.
   *
   * @param name the application's name, as a cluster's master shows it
   */
  public static SparkSession open(String name) {
    return started(configuration(name), PATIENCE);
  }

  /**
   * Opens a session on the master that was named.
   *
   * @param name the application's name, as a cluster's master shows it
   * @param deadline how long to wait for the master
   * @throws GridException if it cannot be reached
   */
  public static OpenSession open(String name, Duration deadline) {
    return new OpenSession(started(configuration(name), deadline), Optional.empty());
  }

  /**
   * Opens a session on executors of this machine, which end with it.
   *
   * @param name the application's name
   * @throws GridException if they cannot be started
   */
  public static OpenSession open(String name, Workers workers) {
    SparkConf configuration = configuration(name);
    if (!workers.areProcesses()) {
      return new OpenSession(started(configuration, PATIENCE), Optional.empty());
    }
    LocalWorkers local = LocalWorkers.start(workers, configuration);
    try {
      return new OpenSession(started(configuration, PATIENCE), Optional.of(local));
    } catch (RuntimeException e) {
      local.close();
      throw e;
    }
  }

  private static SparkConf configuration(String name) {
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
    return configuration;
  }

  private static SparkSession started(SparkConf configuration, Duration deadline) {
    String master = configuration.get(MASTER);
    MasterReach.require(master, deadline);
    try {
      SparkSession session = SparkSession.builder().config(configuration).getOrCreate();
      session.sparkContext().setLogLevel("WARN");
      return session;
    } catch (RuntimeException e) {
      throw GridException.of(
          e,
          ErrorCode.CLUSTER,
          "Cannot start on master %s: %s",
          master,
          String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
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
