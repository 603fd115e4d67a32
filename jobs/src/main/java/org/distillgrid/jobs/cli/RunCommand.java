package org.distillgrid.jobs.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.cli.arguments.SpecArguments;
import org.distillgrid.jobs.cli.arguments.WorkerArguments;
import org.distillgrid.jobs.cluster.Workers;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.jobs.page.RunPage;
import org.distillgrid.jobs.plan.GridExpansion;
import org.distillgrid.jobs.plan.TrialPlan;
import org.distillgrid.jobs.run.Grid;
import org.distillgrid.jobs.run.GridMemory;
import org.distillgrid.jobs.run.GridResult;
import org.distillgrid.jobs.run.estimate.CostEstimate;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a grid from images to tables, or what is missing of it. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description =
        "Runs a grid: prepares patches, trains or takes the teacher (and the encoder, if a method"
            + " compares images in one), scores the patches, trains every trial that is missing, and"
            + " publishes the tables. The same command again goes on where the last one stopped and"
            + " tries again what failed.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  distill-grid run grids/quickstart.yaml",
      "  distill-grid run grids/quickstart.yaml grid.seed='[0, 1, 2]' output.path=runs/seeds",
      "  distill-grid run --dry-run grids/quickstart.yaml",
      "  distill-grid run --only 3f9a grids/quickstart.yaml"
    })
public final class RunCommand implements Callable<Integer> {
  @Mixin private SpecArguments arguments;

  @Mixin private WorkerArguments workers;

  @Option(
      names = "--fail-fast",
      description = "Stop all trials when one has failed; the others go on with the next run.")
  private boolean failFast;

  @Option(
      names = "--dry-run",
      description =
          "Show the plan and what all of it would take of time, disk and memory, by a measurement of"
              + " ten seconds or so; start nothing and write nothing.")
  private boolean dryRun;

  @Option(
      names = "--only",
      paramLabel = "ID",
      defaultValue = "",
      description = "Train only the trials whose id begins so.")
  private String only;

  @Option(
      names = "--no-report",
      description = "Do not write report.html into the run's folder, as the last thing.")
  private boolean noReport;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    if (dryRun && !only.isEmpty()) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot estimate only %s: ids are known once a run has read its images; --dry-run goes"
              + " without --only",
          only);
    }
    Catalog catalog = Catalog.load();
    RunSpec spec = arguments.read(catalog);
    Optional<Workers> chosen = workers.choose(spec, () -> GridMemory.ofRun(spec, catalog));
    if (dryRun) {
      estimate(spec, catalog, chosen);
      return 0;
    }
    try (GridSession session = GridSession.open(command, spec, chosen)) {
      Grid grid = session.grid().optOnly(only);
      if (failFast) {
        grid.optFailFast();
      }
      GridResult result = grid.run();
      if (!noReport) {
        report(session, result);
      }
      return result.exitStatus();
    }
  }

  private void estimate(RunSpec spec, Catalog catalog, Optional<Workers> chosen) {
    TrialPlan plan = GridExpansion.expand(spec, catalog);
    PlanReport report = new PlanReport(spec, plan, command.commandLine().getOut());
    report.printSummary();
    report.printCosts(CostEstimate.of(spec, catalog, plan, chosen));
  }

  // All trials have been paid for: a page that cannot be written is no failure of theirs.
  private void report(GridSession session, GridResult result) {
    PrintWriter out = command.commandLine().getOut();
    Path place = result.folder().page();
    try {
      RunPage.write(session.session().spark(), result.folder(), place);
      out.println("Report: " + place);
    } catch (Exception e) {
      // Scala code throws checked exceptions undeclared.
      out.println("warning: no report: " + Messages.firstLine(Messages.rootCause(e)));
    }
    out.flush();
  }
}
