package org.distillgrid.jobs.cluster;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;

/**
 * The folder for large files on the disk of this machine: where Spark keeps its own, and the first
 * one where Spark has several, so that all executors of a machine find the same files.
 */
public final class LocalDisk {
  /** The property of Spark that names the folder. */
  public static final String SETTING = "spark.local.dir";

  private LocalDisk() {}

  /** Returns the folder of this process; it need not be there yet. */
  public static Path folder() {
    Optional<String> setting =
        Optional.ofNullable(SparkEnv.get())
            .map(SparkEnv::conf)
            .filter(configuration -> configuration.contains(SETTING))
            .map(configuration -> configuration.get(SETTING));
    return folder(System.getenv(), setting, System.getProperty("java.io.tmpdir"));
  }

  /**
   * Returns the folder.
   *
   * @param setting what {@link #SETTING} says, if anybody has set it
   * @param temporary the temporary folder of the JVM
   */
  static Path folder(Map<String, String> environment, Optional<String> setting, String temporary) {
    Optional<String> container =
        Optional.ofNullable(environment.get("LOCAL_DIRS"))
            .filter(folders -> environment.containsKey("CONTAINER_ID"));
    Optional<String> machine = Optional.ofNullable(environment.get("SPARK_LOCAL_DIRS"));
    // Spark's own order: what YARN gives, what the machine says, what the session says.
    String folders =
        Stream.of(container, machine, setting)
            .flatMap(Optional::stream)
            .filter(named -> !named.isBlank())
            .findFirst()
            .orElse(temporary);
    return Path.of(folders.split(",", -1)[0].strip());
  }
}
