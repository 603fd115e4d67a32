package org.distillgrid.jobs.cli;

import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.page.RunPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a run on one page. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description =
        "Writes one HTML file that shows a run: what was asked, the answer, tables, charts, crops,"
            + " what failed, where it comes from. It needs no network and no other file. A run that"
            + " is under way is shown as far as its tables go.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  distill-grid report runs/quickstart",
      "  distill-grid report runs/quickstart /tmp/quickstart.html"
    })
public final class ReportCommand implements Callable<Integer> {
  @Mixin private RunArguments run;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "OUT",
      description = "The file to write (default: RUN/report.html).")
  private String out;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    try (OpenRun opened = run.open()) {
      Path place = opened.folder().page();
      if (out != null) {
        place = named(out);
      }
      RunPage.write(opened.session(), opened.folder(), place);
      command.commandLine().getOut().println("Report: " + place);
      command.commandLine().getOut().flush();
    }
    return 0;
  }

  // A path is one of this machine, whatever Hadoop's own file system is.
  private static Path named(String out) {
    Path named = new Path(out);
    if (named.toUri().getScheme() != null) {
      return named;
    }
    return new Path(java.nio.file.Path.of(out).toAbsolutePath().toUri());
  }
}
