package org.distillgrid.jobs.cli;

import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.cluster.SparkSessions;
import org.distillgrid.jobs.run.Grid;
import org.distillgrid.jobs.spec.RunSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A grid in the Spark session of a command, which ends with it.
 *
 * @param grid tells the command's console how it fares
 */
record GridSession(SparkSession session, Grid grid) implements AutoCloseable {
  /** Opens a session under the names of the command and the grid. */
  static GridSession open(CommandSpec command, RunSpec spec) {
    SparkSession session = SparkSessions.open(command.qualifiedName() + " " + spec.name());
    Console console = new Console(command.commandLine().getOut());
    return new GridSession(session, Grid.of(session, spec).optListener(console));
  }

  @Override
  public void close() {
    session.stop();
  }
}
