package org.distillgrid.jobs.cli;

import org.distillgrid.jobs.cli.authoring.CompletionCommand;
import org.distillgrid.jobs.cli.authoring.InitCommand;
import org.distillgrid.jobs.cli.authoring.SpecSchemaCommand;
import org.distillgrid.jobs.cli.runs.RemoveCommand;
import org.distillgrid.jobs.cli.runs.RunsCommand;
import org.distillgrid.jobs.cli.runs.StatusCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code distill-grid}: what {@code spark-submit} starts. */
@Command(
    name = "distill-grid",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Finds which student, at how many bits, taught by which distillation method, comes closest"
            + " to its teacher.",
    subcommands = {
      HelpCommand.class,
      InitCommand.class,
      PlanCommand.class,
      RunCommand.class,
      PrepareCommand.class,
      TeachCommand.class,
      ScoreCommand.class,
      StatusCommand.class,
      RunsCommand.class,
      RemoveCommand.class,
      SqlCommand.class,
      CompareCommand.class,
      ReportCommand.class,
      CropsCommand.class,
      EvaluateCommand.class,
      ExportCommand.class,
      DescribeCommand.class,
      InspectCommand.class,
      ConvertCommand.class,
      DegradeCommand.class,
      MetricsCommand.class,
      ListCommand.class,
      SpecSchemaCommand.class,
      CompletionCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:success",
      "2:the command line or the spec asks for something that cannot be",
      "3:an image, a checkpoint, a table or a run cannot be used",
      "4:something cannot be written",
      "5:a trial failed, or another training; what has ended well is kept",
      "6:Spark or a device cannot be had",
      "70:a fault of distill-grid itself",
      "130:interrupted by Ctrl-C, 143 by SIGTERM; the same command goes on with a run"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  distill-grid run grids/quickstart.yaml",
      "  distill-grid plan grids/quickstart.yaml grid.seed='[0, 1, 2]'",
      "  distill-grid sql runs/quickstart \"SELECT * FROM summary\"",
      "  distill-grid help run",
      "",
      "Environment: DISTILL_GRID_TRACE=1 adds the stack trace to an error;"
          + " DISTILL_GRID_LOG=INFO shows Spark's own messages."
    })
public final class DistillGrid implements Runnable {
  @Spec private CommandSpec spec;

  /** Starts the command line and ends the process with its exit status. */
  public static void main(String... arguments) {
    LogLevels.quieten();
    int status = execute(commandLine(), arguments);
    // Exiting with 0 would cut off Spark's own orderly end.
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Returns the command line with all its commands, ready to execute. */
  public static CommandLine commandLine() {
    ErrorLines errors = ErrorLines.standard();
    return new CommandLine(new DistillGrid())
        .setUsageHelpAutoWidth(true)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(errors)
        .setParameterExceptionHandler(errors);
  }

  /**
   * Runs a command; whatever it throws, errors of the JVM included, becomes a line and a status.
   */
  static int execute(CommandLine root, String... arguments) {
    try {
      return root.execute(arguments);
    } catch (Error e) {
      return ErrorLines.standard().print(e, root.getErr());
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }
}
