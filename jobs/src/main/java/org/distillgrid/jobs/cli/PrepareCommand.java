package org.distillgrid.jobs.cli;

import java.util.concurrent.Callable;
import org.distillgrid.jobs.cli.arguments.SpecArguments;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Cuts the images of a spec into patches. */
@Command(
    name = "prepare",
    mixinStandardHelpOptions = true,
    description =
        "Cuts the images of a spec into patches: the first stage of a run. What cannot be used is"
            + " listed in the table rejected_inputs.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  distill-grid prepare grids/quickstart.yaml",
      "  distill-grid prepare grids/quickstart.yaml data.train='[/photos, hdfs:///photos/*.tif]'"
          + " output.path=runs/photos"
    })
public final class PrepareCommand implements Callable<Integer> {
  @Mixin private SpecArguments arguments;
  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    RunSpec spec = arguments.read(Catalog.load());
    try (GridSession session = GridSession.open(command, spec)) {
      session.grid().prepare();
    }
    return 0;
  }
}
