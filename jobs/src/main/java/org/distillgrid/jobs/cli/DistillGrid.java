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
    footerHeading = "%nExamples:%n",
    footer = {
      "  distill-grid run grids/quickstart.yaml",
      "  distill-grid plan grids/quickstart.yaml grid.seed='[0, 1, 2]'",
      "  distill-grid sql runs/quickstart \"SELECT * FROM summary\"",
      "  distill-grid help run",
      "",
      "Exit status: 0 success, 2 usage or spec, 3 input, 4 output, 5 training, 6 cluster,"
          + " 70 internal.",
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
