package org.distillgrid.jobs.cli;

import static org.apache.spark.sql.functions.col;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.distillgrid.jobs.report.Comparison;
import org.distillgrid.jobs.report.EdgeLine;
import org.distillgrid.jobs.report.FinishedScores;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.Tables;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says whether a method is better than another, and how far the run's seeds and images bear it. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description =
        "Compares every method of a run with one of them, on the same seeds and images: mean"
            + " difference, its spread over seeds, and paired tests.",
    footerHeading = "%nColumns:%n",
    footer = {
      "  difference  mean over seeds and images of the method's score less the baseline's;"
          + " of lpips, where lower is better, a good one is negative",
      "  ± seeds     standard deviation of the seeds' mean differences",
      "  p seeds     paired t-test over seeds: would another training come out alike?",
      "  p images    Wilcoxon signed-rank test over images, each averaged over the seeds: would"
          + " other images?",
      "  p Holm      p images, corrected for the number of methods compared",
      "",
      "Example:",
      "  distill-grid compare runs/methods --against logits"
    })
public final class CompareCommand implements Callable<Integer> {
  /** The scores that can be compared. */
  enum Metric {
    /** Decibels. */
    PSNR(Comparison.Better.HIGHER, "dB"),
    /** Structural similarity. */
    SSIM(Comparison.Better.HIGHER, ""),
    /** Learned perceptual image patch similarity. */
    LPIPS(Comparison.Better.LOWER, "");

    private final Comparison.Better better;
    private final String unit;

    Metric(Comparison.Better better, String unit) {
      this.better = better;
      this.unit = unit;
    }

    String column() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private RunArguments run;

  @Option(
      names = "--against",
      paramLabel = "METHOD",
      defaultValue = Catalog.NO_METHOD,
      description =
          "The method, or its label, that the others are compared with; default: ${DEFAULT-VALUE}.")
  private String baseline;

  @Option(
      names = "--metric",
      defaultValue = "psnr",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private Metric metric;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    try (OpenRun opened = run.open()) {
      Tables tables = opened.tables();
      Dataset<Row> trials = FinishedScores.trials(tables);
      Comparison comparison =
          Comparison.of(scores(tables), FinishedScores.label(trials, baseline), metric.better);
      PrintWriter out = command.commandLine().getOut();
      comparison.lines(metric.unit).forEach(out::println);
      EdgeLine.of(opened.folder()).ifPresent(out::println);
      out.flush();
    }
    return 0;
  }

  private List<Row> scores(Tables tables) {
    Column value = col(metric.column());
    if (tables.table(TableName.METRICS).filter(value.isNotNull()).isEmpty()) {
      throw GridException.of(
          ErrorCode.USAGE, "Cannot compare by %s: no image of the run has it", metric.column());
    }
    return FinishedScores.of(tables, metric.column());
  }
}
