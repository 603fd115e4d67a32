package org.distillgrid.jobs.cli;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.cluster.SparkSessions;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.run.RunClaim;
import org.distillgrid.jobs.run.RunStages;
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
      "  distill-grid teach grids/quickstart.yaml teacher.model=rlfn teacher.weights=rlfn_x2.npz"
    })
public final class TeachCommand implements Callable<Integer> {
  @Mixin private SpecArguments arguments;
  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    Catalog catalog = Catalog.load();
    RunSpec spec = arguments.read(catalog);
    SparkSession session = SparkSessions.open("distill-grid teach " + spec.name());
    try {
      RunFolder run =
          RunFolder.of(spec.output().path(), session.sparkContext().hadoopConfiguration());
      RunStages stages = new RunStages(session, spec, catalog, run, command.commandLine().getOut());
      RunClaim claim = RunClaim.take(run, spec);
      try (claim) {
        stages.teachAlone();
      }
    } finally {
      session.stop();
    }
    return 0;
  }
}
