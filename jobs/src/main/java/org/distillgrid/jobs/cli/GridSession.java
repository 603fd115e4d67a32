package org.distillgrid.jobs.cli;

import java.time.Duration;
import java.util.Optional;
import org.distillgrid.jobs.cluster.OpenSession;
import org.distillgrid.jobs.cluster.SparkSessions;
import org.distillgrid.jobs.cluster.Workers;
import org.distillgrid.jobs.run.Grid;
import org.distillgrid.jobs.spec.RunSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A grid in the Spark session of a command, which ends with it.
 *
 * @param grid tells the command's console how it fares
 */
record GridSession(OpenSession session, Grid grid) implements AutoCloseable {
  /** Opens a session of one process, or on the master that is named. */
  static GridSession open(CommandSpec command, RunSpec spec) {
    return open(command, spec, Optional.empty());
  }

  /**
   * Opens a session under the names of the command and the grid.
   *
   * @param workers to start on this machine; nothing where a master is named
   */
  static GridSession open(CommandSpec command, RunSpec spec, Optional<Workers> workers) {
    Console console = new Console(command.commandLine().getOut());
    String name = command.qualifiedName() + " " + spec.name();
    Duration deadline = Duration.ofSeconds(spec.cluster().startupDeadlineSeconds());
    workers.map(Workers::line).ifPresent(console::line);
    OpenSession session =
        workers
            .map(chosen -> SparkSessions.open(name, chosen))
            .orElseGet(() -> SparkSessions.open(name, deadline));
    return new GridSession(session, Grid.of(session.spark(), spec).optListener(console));
  }

  @Override
  public void close() {
    session.close();
  }
}
