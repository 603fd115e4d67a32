package org.distillgrid.jobs.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.distillgrid.jobs.cli.arguments.SpecArguments;
import org.distillgrid.jobs.cli.arguments.WorkerArguments;
import org.distillgrid.jobs.cluster.Workers;
import org.distillgrid.jobs.run.GridMemory;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Trains or takes the teacher of a run, and scores it. */
@Command(
    name = "teach",
    mixinStandardHelpOptions = true,
    description =
        "Trains the teacher of a spec, or takes its checkpoint, and scores it and bicubic"
            + " interpolation on the test sets. Needs prepare.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  distill-grid teach grids/quickstart.yaml",
      "  distill-grid teach grids/quickstart.yaml teacher.model=rlfn teacher.weights=rlfn_x2.pth"
          + " output.path=runs/rlfn"
    })
public final class TeachCommand implements Callable<Integer> {
  @Mixin private SpecArguments arguments;

  @Mixin private WorkerArguments workers;
  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    Catalog catalog = Catalog.load();
    RunSpec spec = arguments.read(catalog);
    Optional<Workers> chosen = workers.choose(spec, () -> GridMemory.ofTeacher(spec, catalog));
    try (GridSession session = GridSession.open(command, spec, chosen)) {
      session.grid().teach();
    }
    return 0;
  }
}
