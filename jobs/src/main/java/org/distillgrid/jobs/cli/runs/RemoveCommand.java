package org.distillgrid.jobs.cli.runs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.run.RunLock;
import org.distillgrid.jobs.watch.RunLook;
import org.distillgrid.jobs.watch.RunStatus;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Deletes a run. */
@Command(
    name = "rm",
    mixinStandardHelpOptions = true,
    description =
        "Deletes a run's folder with all that it holds, once it has asked. Refuses a run that a"
            + " driver works on, and what is no run folder. Predictions beside it stay.",
    footerHeading = "%nExamples:%n",
    footer = {"  distill-grid rm runs/quickstart", "  distill-grid rm --yes runs/quickstart"})
public final class RemoveCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "The run's folder (output.path).")
  private String path;

  @Option(names = "--yes", description = "Delete without asking.")
  private boolean yes;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    RunFolder run = new RunFolders().at(path);
    RunStatus status = RunLook.at(run).now();
    status.driver().ifPresent(driver -> refuse(run, driver));
    PrintWriter out = command.commandLine().getOut();
    if (!yes && !agreed(status, out)) {
      out.println("Nothing was deleted");
      out.flush();
      return 0;
    }
    // Whoever starts to work on it meanwhile is kept out, or keeps us out.
    RunLock.take(run);
    run.files().delete(run.root());
    out.println("Deleted " + run.location());
    out.flush();
    return 0;
  }

  private static void refuse(RunFolder run, RunLock.Holder driver) {
    throw GridException.of(
        ErrorCode.OUTPUT,
        "Cannot delete %s: process %d on %s works on it; end it first",
        run.location(),
        driver.process(),
        driver.host());
  }

  private static boolean agreed(RunStatus status, PrintWriter out) {
    out.print(
        String.format(
            Locale.ROOT,
            "Delete %s (%s trials finished, %s MiB)? [y/N] ",
            status.folder().location(),
            new StatusText(status, Instant.now()).counts(),
            RunFolders.mebibytes(status.folder())));
    out.flush();
    try {
      String answer =
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
      if (answer == null) {
        throw GridException.of(
            ErrorCode.USAGE, "Cannot ask: standard input has ended; give --yes to delete unasked");
      }
      return answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    } catch (IOException e) {
      throw GridException.of(e, ErrorCode.USAGE, "Cannot ask: %s", e.getMessage());
    }
  }
}
