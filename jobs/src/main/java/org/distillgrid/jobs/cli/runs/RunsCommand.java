package org.distillgrid.jobs.cli.runs;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.report.TextTable;
import org.distillgrid.jobs.watch.BestCell;
import org.distillgrid.jobs.watch.RunLook;
import org.distillgrid.jobs.watch.RunStatus;
import org.distillgrid.kd.error.GridException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the runs of a folder. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    description =
        "Lists the runs right below a folder: state, trials that have finished of all, best cell"
            + " (by PSNR on the first test set), when something last happened, size.",
    footerHeading = "%nExamples:%n",
    footer = {"  distill-grid runs", "  distill-grid runs s3a://grids"})
public final class RunsCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FOLDER",
      arity = "0..1",
      defaultValue = "runs",
      description = "What holds the runs' folders (default: ${DEFAULT-VALUE}).")
  private String path;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    List<RunFolder> runs = new RunFolders().below(path);
    PrintWriter out = command.commandLine().getOut();
    if (runs.isEmpty()) {
      out.println("No run below " + path);
    } else {
      table(runs, Instant.now()).lines(TextTable.PAGE).forEach(out::println);
    }
    out.flush();
    return 0;
  }

  private TextTable table(List<RunFolder> runs, Instant now) {
    TextTable table =
        new TextTable(3, "folder", "state", "best cell", "finished", "last sign", "MiB");
    for (RunFolder run : runs) {
      try {
        add(table, run, now);
      } catch (GridException e) {
        // One that cannot be read is no reason to hide the others.
        table.add(run.root().getName(), "unreadable", e.getMessage(), "", "", "");
      }
    }
    return table;
  }

  private static void add(TextTable table, RunFolder run, Instant now) {
    RunStatus status = RunLook.at(run).now();
    StatusText text = new StatusText(status, now);
    table.add(
        run.root().getName(),
        status.state().text(),
        BestCell.of(run).map(BestCell::text).orElse(""),
        text.counts(),
        status.lastSign().map(text::length).orElse(""),
        RunFolders.mebibytes(run));
  }
}
