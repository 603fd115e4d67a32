package org.distillgrid.jobs.cli;

import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.cluster.SparkSessions;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.table.Tables;

/**
 * A run's folder, with Spark to read its tables for as long as a command works.
 *
 * @param session the Spark session, which ends when this is closed
 * @param folder the run folder
 */
record OpenRun(SparkSession session, RunFolder folder) implements AutoCloseable {
  /**
   * Starts Spark and finds the folder.
   *
   * @param path of the folder; nothing is created there
   * @param command what Spark calls the application
   */
  static OpenRun of(String path, String command) {
    SparkSession session = SparkSessions.open("distill-grid " + command);
    session.sparkContext().setJobDescription(command + ": read " + path);
    try {
      return new OpenRun(session, RunFolder.of(path, session.sparkContext().hadoopConfiguration()));
    } catch (RuntimeException e) {
      session.stop();
      throw e;
    }
  }

  /**
   * Returns its tables, each also a view of its name.
   *
   * @throws org.distillgrid.kd.error.GridException if the folder is no run folder
   */
  Tables tables() {
    return Tables.open(session, folder);
  }

  @Override
  public void close() {
    session.stop();
  }
}
