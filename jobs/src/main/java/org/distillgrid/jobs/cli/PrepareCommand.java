package org.distillgrid.jobs.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.cluster.SparkSessions;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.prepare.PrepareJob;
import org.distillgrid.jobs.run.RunClaim;
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
    })
public final class PrepareCommand implements Callable<Integer> {
  @Mixin private SpecArguments arguments;
  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    RunSpec spec = arguments.read(Catalog.load());
    PrintWriter out = command.commandLine().getOut();
    SparkSession session = SparkSessions.open("distill-grid prepare " + spec.name());
    try {
      RunFolder run =
          RunFolder.of(spec.output().path(), session.sparkContext().hadoopConfiguration());
      RunClaim claim = RunClaim.take(run, spec);
      try (claim) {
        PrepareJob.run(session, spec, run, out::println);
      }
    } finally {
      session.stop();
    }
    return 0;
  }
}
