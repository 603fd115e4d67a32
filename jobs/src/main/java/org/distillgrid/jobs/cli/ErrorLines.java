package org.distillgrid.jobs.cli;

import java.io.PrintWriter;
import java.util.Optional;
import org.distillgrid.jobs.cli.arguments.SpecArguments;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever a command throws into one line on standard error and an exit status. */
final class ErrorLines implements IExecutionExceptionHandler, IParameterExceptionHandler {
  /** The environment variable that adds stack traces. */
  static final String TRACE = "DISTILL_GRID_TRACE";

  /** Whether an error comes with its stack trace. */
  enum Detail {
    LINE,
    TRACE
  }

  private final Detail detail;

  ErrorLines(Detail detail) {
    this.detail = detail;
  }

  static ErrorLines standard() {
    if ("1".equals(System.getenv(TRACE))) {
      return new ErrorLines(Detail.TRACE);
    }
    return new ErrorLines(Detail.LINE);
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    return print(e, command.getErr());
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter out = command.getErr();
    out.println("error: " + e.getMessage());
    Optional<String> meant = SpecArguments.meant(e);
    Optional<String> place = OptionPlaces.hint(e);
    if (place.isPresent()) {
      out.println(place.orElseThrow());
    } else if (meant.isPresent()) {
      out.println("Did you mean: " + meant.orElseThrow() + "?");
    } else if (!UnmatchedArgumentException.printSuggestions(e, out)) {
      out.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    }
    out.flush();
    return ErrorCode.USAGE.exitStatus();
  }

  /** Prints a failure and returns the exit status that goes with it. */
  int print(Throwable failure, PrintWriter out) {
    Optional<GridException> known = known(failure);
    known.ifPresentOrElse(
        mistake -> out.println("error: " + mistake.getMessage()),
        () -> out.println("error: " + describe(failure) + hint()));
    if (detail == Detail.TRACE) {
      failure.printStackTrace(out);
    }
    out.flush();
    return known.map(GridException::code).orElse(ErrorCode.INTERNAL).exitStatus();
  }

  // Spark wraps what a task throws; the person needs what the task said.
  private static Optional<GridException> known(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof GridException known) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  private String hint() {
    return switch (detail) {
      case LINE -> " (set " + TRACE + "=1 to see where)";
      case TRACE -> "";
    };
  }

  private static String describe(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    String first = message.lines().findFirst().orElse("no message").strip();
    return failure.getClass().getSimpleName() + ": " + first;
  }
}
