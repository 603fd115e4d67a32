package org.distillgrid.jobs.cli.runs;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.distillgrid.jobs.watch.RunLook;
import org.distillgrid.jobs.watch.RunState;
import org.distillgrid.jobs.watch.RunStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells how a run stands, from another terminal or another machine. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description =
        "Tells how a run stands, by its folder alone: what it is doing and who works on it, trials"
            + " that have finished or failed, rate and time left, the last error.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  distill-grid status runs/quickstart",
      "  distill-grid status --watch hdfs://nn/runs/big"
    })
public final class StatusCommand implements Callable<Integer> {
  private static final int SECONDS_BETWEEN = 5;

  @Parameters(paramLabel = "RUN", description = "The run's folder (output.path).")
  private String path;

  @Option(
      names = "--watch",
      description = "Look again every 5 seconds, and print what has changed, until the run ends.")
  private boolean watch;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws InterruptedException {
    RunLook run = RunLook.at(new RunFolders().at(path));
    RunStatus status = run.now();
    List<String> shown = print(status, List.of());
    while (watch && status.state() == RunState.RUNNING) {
      TimeUnit.SECONDS.sleep(SECONDS_BETWEEN);
      status = run.now();
      shown = print(status, shown);
    }
    return 0;
  }

  // Of the same lines only those that have changed are printed again.
  private List<String> print(RunStatus status, List<String> before) {
    List<String> lines = new StatusText(status, Instant.now()).lines();
    PrintWriter out = command.commandLine().getOut();
    lines.stream().filter(line -> !before.contains(line)).forEach(out::println);
    out.flush();
    return lines;
  }
}
