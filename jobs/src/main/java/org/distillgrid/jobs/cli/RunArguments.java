package org.distillgrid.jobs.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The first argument of commands that read a run. */
final class RunArguments {
  @Parameters(index = "0", paramLabel = "RUN", description = "The run's folder (output.path).")
  private String run;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** Opens the run; Spark shows the application by the command's name. */
  OpenRun open() {
    return OpenRun.of(run, command.name());
  }
}
