package org.distillgrid.jobs.page;

import java.util.List;
import org.apache.spark.sql.Row;
import org.distillgrid.jobs.report.Comparison;
import org.distillgrid.jobs.report.FinishedScores;
import org.distillgrid.jobs.report.PairedDifference;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.table.Tables;

/**
 * Every method against none, as {@code compare} has it.
 *
 * @param baseline the label of none; empty where no trial of it has finished
 * @param all differences of PSNR in decibels
 */
record DifferencesPart(String baseline, List<Comparison.Difference> all) {
  /**
   * A difference with its intervals, as a chart shows it.
   *
   * @param seedsInterval half the width of the 95 % confidence interval over seeds, decibels
   * @param imagesInterval likewise over images
   * @param holm p of the images after Holm's correction
   */
  record Shown(
      String student,
      String bits,
      String quantizer,
      String dataset,
      String method,
      int seeds,
      int images,
      Double mean,
      Double deviation,
      Double seedsInterval,
      Double imagesInterval,
      Double seedsP,
      Double imagesP,
      Double holm) {}

  static DifferencesPart of(Tables tables) {
    List<Row> scores = FinishedScores.of(tables, "psnr");
    String baseline = FinishedScores.label(FinishedScores.trials(tables), Catalog.NO_METHOD);
    boolean there = scores.stream().anyMatch(row -> row.getAs("method").equals(baseline));
    if (!there) {
      return new DifferencesPart("", List.of());
    }
    return new DifferencesPart(
        baseline, Comparison.of(scores, baseline, Comparison.Better.HIGHER).differences());
  }

  Significance significance() {
    return new Significance(baseline, all);
  }

  List<Shown> shown() {
    return all.stream().map(DifferencesPart::shown).toList();
  }

  private static Shown shown(Comparison.Difference of) {
    PairedDifference paired = of.paired();
    return new Shown(
        of.student(),
        of.bits(),
        of.quantizer(),
        of.dataset(),
        of.method(),
        paired.seeds(),
        paired.images(),
        JsonRows.finite(paired.mean()),
        JsonRows.finite(paired.deviation()),
        JsonRows.finite(paired.seedsInterval()),
        JsonRows.finite(paired.imagesInterval()),
        JsonRows.finite(paired.seedsP()),
        JsonRows.finite(paired.imagesP()),
        JsonRows.finite(of.corrected()));
  }
}
