package org.distillgrid.jobs.cli;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/** Keeps Spark's and the engine's own messages off the screen unless someone asked for them. */
final class LogLevels {
  /** The environment variable that names another level, for instance {@code INFO}. */
  static final String VARIABLE = "DISTILL_GRID_LOG";

  private static final String OWN_CONFIGURATION = "log4j2.configurationFile";

  private LogLevels() {}

  /** Sets the levels, unless the process has been given a logging configuration of its own. */
  static void quieten() {
    if (System.getProperty(OWN_CONFIGURATION) != null) {
      return;
    }
    String wanted = System.getenv(VARIABLE);
    Configurator.setRootLevel(Level.toLevel(wanted, Level.WARN));
    if (wanted == null) {
      // Said on every machine without Hadoop's native library or with an unnamed host.
      Configurator.setLevel("org.apache.hadoop.util.NativeCodeLoader", Level.ERROR);
      Configurator.setLevel("org.apache.spark.util.Utils", Level.ERROR);
    }
  }
}
