package org.distillgrid.jobs.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.distillgrid.jobs.journal.ImageMetrics;
import org.distillgrid.kd.quant.Bits;

/** The table that a run prints at its end: references and cells, data set by data set. */
public final class SummaryReport {
  private static final String NOTHING = "";
  private static final String LPIPS = "LPIPS";
  private static final String DECIBEL = "dB";
  private static final Map<String, String> UNITS =
      Map.of(
          "PSNR", DECIBEL,
          "±", DECIBEL,
          "vs teacher", DECIBEL,
          "vs fp", DECIBEL,
          "vs none", DECIBEL,
          "size", "KiB");

  private SummaryReport() {}

  /**
   * Returns the lines of the table.
   *
   * @param summary rows of the table {@code summary}
   * @param findings where the references come from
   */
  public static List<String> lines(List<Row> summary, Findings findings) {
    TextTable table =
        new TextTable(
            5,
            "dataset",
            "student",
            "bits",
            "quantizer",
            "method",
            "n",
            "PSNR",
            "±",
            "SSIM",
            LPIPS,
            "vs teacher",
            "vs fp",
            "vs none",
            "size");
    table.units(UNITS);
    for (String dataset : datasets(summary, findings)) {
      Findings.REFERENCES.forEach(id -> reference(table, dataset, id, findings));
      reference(table, dataset, Findings.TEACHER, findings);
      summary.stream()
          .filter(row -> text(row, "dataset").equals(dataset))
          .sorted(ORDER)
          .forEach(row -> cell(table, row));
    }
    table.dropIfEmpty(LPIPS);
    return table.lines(TextTable.PAGE, "size", "vs teacher");
  }

  private static final Comparator<Row> ORDER =
      Comparator.comparing((Row row) -> text(row, "student_label"))
          .thenComparing(row -> -Bits.parse(text(row, "bits")).weight())
          .thenComparing(row -> -Bits.parse(text(row, "bits")).activation())
          .thenComparing(row -> text(row, "quantizer"))
          .thenComparing(row -> !text(row, "method").equals("none"))
          .thenComparing(row -> text(row, "method"));

  private static List<String> datasets(List<Row> summary, Findings findings) {
    List<String> datasets = new ArrayList<>();
    findings.references().values().stream()
        .flatMap(List::stream)
        .map(ImageMetrics::dataset)
        .forEach(datasets::add);
    summary.forEach(row -> datasets.add(text(row, "dataset")));
    return datasets.stream().distinct().toList();
  }

  private static void reference(TextTable table, String dataset, String id, Findings findings) {
    List<ImageMetrics> scores =
        findings.references().getOrDefault(id, List.of()).stream()
            .filter(score -> score.dataset().equals(dataset))
            .toList();
    if (scores.isEmpty()) {
      return;
    }
    double psnr = scores.stream().mapToDouble(ImageMetrics::psnr).average().orElseThrow();
    table.add(
        dataset,
        id,
        NOTHING,
        NOTHING,
        NOTHING,
        NOTHING,
        number(psnr, "%.3f"),
        NOTHING,
        number(mean(scores, ImageMetrics::ssim), "%.4f"),
        number(mean(scores, ImageMetrics::lpips), "%.4f"),
        NOTHING,
        NOTHING,
        NOTHING,
        NOTHING);
  }

  private static Double mean(List<ImageMetrics> scores, Function<ImageMetrics, Double> metric) {
    List<Double> values = scores.stream().map(metric).filter(Objects::nonNull).toList();
    if (values.isEmpty()) {
      return null;
    }
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static void cell(TextTable table, Row row) {
    table.add(
        text(row, "dataset"),
        text(row, "student_label"),
        text(row, "bits"),
        text(row, "quantizer"),
        TunedName.of(text(row, "label"), text(row, "tuned_options")),
        seeds(row),
        number(row.getAs("psnr_mean"), "%.3f"),
        number(row.getAs("psnr_std"), "%.3f"),
        number(row.getAs("ssim_mean"), "%.4f"),
        number(row.getAs("lpips_mean"), "%.4f"),
        number(row.getAs("psnr_minus_teacher"), "%+.3f"),
        number(row.getAs("psnr_minus_full_precision"), "%+.3f"),
        number(row.getAs("psnr_minus_none"), "%+.3f"),
        kibibytes(row.getAs("packed_bytes")));
  }

  // The mark sends the reader to the lines below the table, which say why.
  private static String seeds(Row row) {
    String seeds = row.getAs("n").toString();
    if (row.<Integer>getAs("n_diverged") > 0) {
      return seeds + "!";
    }
    return seeds;
  }

  private static String number(Double value, String format) {
    if (value == null) {
      return NOTHING;
    }
    if (value.isInfinite()) {
      return "∞";
    }
    return String.format(Locale.ROOT, format, value);
  }

  private static String kibibytes(Long bytes) {
    if (bytes == null) {
      return NOTHING;
    }
    return String.format(Locale.ROOT, "%.1f", bytes / 1024.0);
  }

  private static String text(Row row, String column) {
    return row.getAs(column);
  }
}
