package org.distillgrid.jobs.cli;

import java.util.concurrent.Callable;
import org.distillgrid.jobs.cli.arguments.SpecArguments;
import org.distillgrid.jobs.plan.GridExpansion;
import org.distillgrid.jobs.plan.TrialPlan;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what a run would do, without Spark and without writing anything. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "Checks a spec and shows what a run of it would train; writes nothing.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  distill-grid plan grids/quickstart.yaml",
      "  distill-grid plan --trials grids/quickstart.yaml grid.bits='[fp, w4a4]'"
    })
public final class PlanCommand implements Callable<Integer> {
  @Mixin private SpecArguments arguments;

  @Option(names = "--trials", description = "List every trial.")
  private boolean listTrials;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    Catalog catalog = Catalog.load();
    RunSpec spec = arguments.read(catalog);
    TrialPlan plan = GridExpansion.expand(spec, catalog);
    PlanReport report = new PlanReport(spec, plan, command.commandLine().getOut());
    report.printSummary();
    if (listTrials) {
      report.printTrials();
    }
    return 0;
  }
}
