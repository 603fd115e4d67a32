package org.distillgrid.jobs.cli;

import java.io.PrintWriter;
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
    PrintWriter out = command.getErr();
    int status = print(e, out);
    if (detail == Detail.TRACE) {
      e.printStackTrace(out);
    }
    out.flush();
    return status;
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter out = command.getErr();
    out.println("error: " + e.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(e, out)) {
      out.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    }
    out.flush();
    return ErrorCode.USAGE.exitStatus();
  }

  private int print(Exception e, PrintWriter out) {
    if (e instanceof GridException known) {
      out.println("error: " + known.getMessage());
      return known.code().exitStatus();
    }
    String hint = " (set " + TRACE + "=1 to see where)";
    if (detail == Detail.TRACE) {
      hint = "";
    }
    out.println("error: " + describe(e) + hint);
    return ErrorCode.INTERNAL.exitStatus();
  }

  private static String describe(Exception e) {
    String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("no message").strip();
    return e.getClass().getSimpleName() + ": " + first;
  }
}
