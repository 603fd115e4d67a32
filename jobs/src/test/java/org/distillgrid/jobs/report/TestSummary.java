package org.distillgrid.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.LocalSpark;
import org.distillgrid.jobs.journal.ImageMetrics;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.kd.eval.Restoration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TestSummary {
  private static SparkSession session;

  @BeforeAll
  static void open() {
    session = LocalSpark.open(1);
  }

  @AfterAll
  static void close() {
    session.stop();
  }

  private String diverged;
  private String tuned;
  private String options;
  private Boolean candidate;
  private Boolean chosen;
  private Double lpips;
  private final List<Row> trials = new ArrayList<>();
  private final List<Row> metrics = new ArrayList<>();
  private final List<Row> exports = new ArrayList<>();

  private void trial(String bits, String method, long seed, String status, double... psnr) {
    trial(bits, method, method, seed, status, psnr);
  }

  private void trial(
      String bits, String method, String label, long seed, String status, double... psnr) {
    String id = bits + method + seed;
    String quantizer = "lsq";
    if (bits.equals("fp")) {
      quantizer = "fp";
    }
    trials.add(
        RowFactory.create(
            id,
            "run",
            "sr",
            2,
            "edsr-c4-b1",
            "edsr-c4-b1",
            "pretrained",
            bits,
            4,
            4,
            quantizer,
            method,
            label,
            tuned,
            options,
            candidate,
            chosen,
            seed,
            "once",
            status,
            null,
            diverged,
            6L,
            1.0,
            "a",
            "cpu",
            "s",
            1,
            100L,
            50L,
            7L,
            112L,
            "h",
            "w",
            "p",
            "t",
            "th",
            null,
            null,
            "1",
            "2",
            "17",
            new Timestamp(0)));
    scores(id, psnr);
  }

  private void scores(String id, double... psnr) {
    for (int i = 0; i < psnr.length; i++) {
      metrics.add(RowFactory.create(id, "set", i + ".png", psnr[i], 0.9, lpips, "y", 2));
    }
  }

  private void exported(String id, String weights, String image, Double fake, Double integer) {
    String dataset = null;
    if (image != null) {
      dataset = "set";
    }
    exports.add(
        RowFactory.create(
            id,
            "onnx",
            "exports/" + id,
            9L,
            21,
            "dynamic",
            weights,
            "runtime",
            new Timestamp(0),
            null,
            null,
            dataset,
            image,
            fake,
            integer));
  }

  private static Double real(Row row, String column) {
    return row.getAs(column);
  }

  private List<Row> rows() {
    Dataset<Row> summary =
        Summary.of(
            session.createDataFrame(trials, TableName.TRIALS.schema()),
            session.createDataFrame(metrics, TableName.METRICS.schema()),
            session.createDataFrame(exports, TableName.EXPORTS.schema()));
    return summary.orderBy("bits", "method").collectAsList();
  }

  private void tuned(
      String method, String label, Boolean isChosen, long seed, String value, double psnr) {
    tuned = "fakd(weight=[0.04,0.4])";
    options = "weight=" + value;
    candidate = seed == 0;
    chosen = isChosen;
    trial("w4a4", method, label, seed, "finished", psnr);
    tuned = null;
    options = null;
    candidate = null;
    chosen = null;
  }

  @Test
  void ofATunedMethodOnlyTheChosenCandidateIsThere() {
    String label = "fakd(weight=[0.04,0.4])";
    // Better on the test set, and not chosen; named by the grid beside.
    tuned("fakd", "fakd", false, 0, "0.04", 40);
    trial("w4a4", "fakd", 1, "finished", 42);
    tuned("fakd(weight=0.4)", label, true, 0, "0.4", 30);
    tuned("fakd(weight=0.4)", label, true, 1, "0.4", 32);
    trial("w4a4", "none", 0, "finished", 30);

    assertThat(rows())
        .extracting(
            row -> row.getAs("method"),
            row -> row.getAs("label"),
            row -> row.getAs("tuned_options"),
            row -> row.getAs("n"),
            row -> row.getAs("psnr_mean"),
            row -> row.getAs("psnr_minus_none"))
        .containsExactly(
            tuple("fakd", "fakd", null, 2, 41.0, 11.0),
            tuple("fakd(weight=0.4)", label, "weight=0.4", 2, 31.0, 1.0),
            tuple("none", "none", null, 1, 30.0, 0.0));
  }

  @Test
  void nothingOfATunedMethodIsThereBeforeOneIsChosen() {
    tuned("fakd", "fakd(weight=[0.04,0.4])", null, 0, "0.04", 40);

    assertThat(rows()).isEmpty();
  }

  @Test
  void countsTheSeedsThatDiverged() {
    trial("w4a4", "none", 0, "finished", 34, 36);
    diverged = "the loss grew from 0.02 to 4e+11";
    trial("w4a4", "none", 1, "finished", 5, 6);

    Row row = rows().get(0);

    assertThat(row.<Integer>getAs("n")).isEqualTo(2);
    assertThat(row.<Integer>getAs("n_diverged")).isEqualTo(1);
  }

  @Test
  void sumsUpOverSeedsAndComparesCells() {
    scores("teacher", 40, 42);
    trial("fp", "none", 0, "finished", 36, 38);
    trial("fp", "none", 1, "finished", 38, 40);
    trial("w4a4", "none", 0, "finished", 34, 36);
    trial("w4a4", "logits", 0, "finished", 35, 36);
    trial("w4a4", "logits", 1, "failed");

    List<Row> rows = rows();

    assertThat(rows).hasSize(3);
    Row full = rows.get(0);
    assertThat(full.<Integer>getAs("n")).isEqualTo(2);
    assertThat(real(full, "psnr_mean")).isEqualTo(38);
    assertThat(real(full, "psnr_std")).isCloseTo(Math.sqrt(2), within(1e-12));
    assertThat(real(full, "psnr_minus_teacher")).isEqualTo(-3);
    assertThat(real(full, "psnr_minus_full_precision")).isZero();
    Row logits = rows.get(1);
    assertThat(logits.<Integer>getAs("n")).isEqualTo(1);
    assertThat(real(logits, "psnr_std")).isNull();
    assertThat(real(logits, "psnr_minus_full_precision")).isEqualTo(-2.5);
    assertThat(real(logits, "psnr_minus_none")).isEqualTo(0.5);
    assertThat(logits.<Long>getAs("macs")).isEqualTo(7);
    assertThat(logits.<Long>getAs("bit_operations")).isEqualTo(112);
    assertThat(rows.get(0).schema().fieldNames())
        .containsExactly(TableName.SUMMARY.schema().fieldNames());
  }

  @Test
  void carriesWhatExportedFilesScore() {
    trial("fp", "none", 0, "finished", 36, 38);
    trial("w4a4", "none", 0, "finished", 34, 36);
    trial("w4a4", "none", 1, "finished", 30, 30);
    trial("w4a4", "logits", 0, "finished", 35, 36);
    exported("w4a4none0", "h", "0.png", 34.0, 33.9);
    exported("w4a4none0", "h", "1.png", 36.0, 35.9);
    exported("w4a4logits0", "of other weights", "0.png", 35.0, 35.0);
    exported("fpnone0", "h", null, null, null);

    List<Row> rows = rows();

    Row none = rows.get(2);
    assertThat(real(none, "psnr_mean")).isEqualTo(32.5);
    assertThat(none.<Integer>getAs("n")).isEqualTo(2);
    assertThat(none.<Integer>getAs("n_integer")).isEqualTo(1);
    assertThat(real(none, "psnr_integer_mean")).isCloseTo(34.9, within(1e-9));
    assertThat(real(none, "psnr_integer_minus_fake")).isCloseTo(-0.1, within(1e-9));
    for (Row other : rows.subList(0, 2)) {
      assertThat(other.<Integer>getAs("n_integer")).isZero();
      assertThat(real(other, "psnr_integer_mean")).isNull();
      assertThat(real(other, "psnr_integer_minus_fake")).isNull();
    }
  }

  @Test
  void callsMethodsByTheirLabels() {
    trial("w4a4", "none", "plain", 0, "finished", 34);
    trial("w4a4", "spark(reward=ema)", "cheap", 0, "finished", 35);

    Row cheap = rows().get(1);

    assertThat(cheap.<String>getAs("method")).isEqualTo("spark(reward=ema)");
    assertThat(cheap.<String>getAs("label")).isEqualTo("cheap");
    assertThat(real(cheap, "psnr_minus_none")).isEqualTo(1);
    assertThat(SummaryReport.lines(rows(), new Findings(Map.of(), Map.of(), "")))
        .anyMatch(line -> line.contains("  plain   1  34.000"))
        .anyMatch(line -> line.contains("  cheap   1  35.000"));
  }

  @Test
  void sumsUpLpipsOverTheSeedsThatHaveIt() {
    trial("w4a4", "none", 0, "finished", 34, 36);
    lpips = 0.25;
    trial("w4a4", "none", 1, "finished", 34, 36);
    lpips = 0.375;
    trial("w4a4", "none", 2, "finished", 34, 36);
    lpips = null;
    trial("w4a4", "logits", 0, "finished", 35);

    Row none = rows().get(1);

    assertThat(none.<Integer>getAs("n")).isEqualTo(3);
    assertThat(real(none, "lpips_mean")).isEqualTo(0.3125);
    assertThat(real(none, "lpips_std")).isCloseTo(0.125 / Math.sqrt(2), within(1e-12));
    assertThat(real(rows().get(0), "lpips_mean")).isNull();
    assertThat(real(rows().get(0), "lpips_std")).isNull();
  }

  @Test
  void printsLpipsWhereAnyImageHasIt() {
    lpips = 0.125;
    trial("w4a4", "none", 0, "finished", 36);
    Findings findings =
        new Findings(
            Map.of(),
            Map.of(
                Restoration.referenceName(2),
                List.of(
                    new ImageMetrics("set", "0.png", 30, 0.85, 0.25, "y", 2),
                    new ImageMetrics("set", "1.png", 30, 0.85, null, "y", 2))),
            "");

    assertThat(SummaryReport.lines(rows(), findings))
        .containsExactly(
            "dataset  student     bits  quantizer  method  n    PSNR   ±    SSIM   LPIPS  vs teacher"
                + "  vs fp  vs none  size",
            "                                                     dB  dB                          dB"
                + "     dB       dB   KiB",
            "set      bicubic                                 30.000      0.8500  0.2500",
            "set      edsr-c4-b1  w4a4  lsq        none    1  36.000      0.9000  0.1250            "
                + "          +0.000   0.0");
  }

  @Test
  void wrapsLongNamesRatherThanPrintMoreThan120() {
    lpips = 0.125;
    String method = "spark(loss=l1,map=normal,normalise=mean,policy=wide)+fakd(weight=0.0392)+at";
    for (String label : List.of("m", "m".repeat(36), method, method + "+" + method)) {
      trials.clear();
      metrics.clear();
      trial("w4a4", "none", 0, "finished", 36);
      trial("w4a4", "logits", label, 0, "finished", 35);
      trial("w4a4", "mipkd", label + "+x", 0, "finished", 35);
      List<String> lines = SummaryReport.lines(rows(), new Findings(Map.of(), Map.of(), ""));
      assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
      assertThat(lines.get(0)).contains("PSNR", "SSIM", "LPIPS", "vs none", "size");
      int from = lines.get(0).indexOf("method");
      int to = lines.get(0).indexOf("  n ");
      String methods =
          lines.stream()
              .filter(line -> line.length() > from)
              .map(line -> line.substring(from, Math.min(to, line.length())).strip())
              .collect(Collectors.joining());
      assertThat(methods).isEqualTo("methodnone" + label + label + "+x");
    }
  }

  @Test
  void hasNoDifferenceWhereNothingIsToCompareWith() {
    trial("w4a4", "logits", 0, "finished", 35, 36);

    Row row = rows().get(0);

    assertThat(real(row, "psnr_minus_teacher")).isNull();
    assertThat(real(row, "psnr_minus_full_precision")).isNull();
    assertThat(real(row, "psnr_minus_none")).isNull();
  }

  @Test
  void identicalImagesAreInfinitelyGoodAndTheirDifferenceIsUnknown() {
    scores("teacher", Double.POSITIVE_INFINITY);
    trial("fp", "none", 0, "finished", Double.POSITIVE_INFINITY);
    trial("fp", "none", 1, "finished", 40);

    Row row = rows().get(0);

    assertThat(real(row, "psnr_mean")).isInfinite();
    assertThat(real(row, "psnr_std")).isNull();
    assertThat(real(row, "psnr_minus_teacher")).isNull();
  }

  @Test
  void printsReferencesAndCellsAligned() {
    scores("teacher", 40);
    trial("fp", "none", 0, "finished", 36);
    trial("w4a4", "logits", 0, "finished", 35);
    Findings findings =
        new Findings(
            Map.of(),
            Map.of(
                Findings.TEACHER,
                List.of(new ImageMetrics("set", "0.png", 40, 0.95, null, "y", 2)),
                Restoration.referenceName(2),
                List.of(new ImageMetrics("set", "0.png", 30, 0.85, null, "y", 2))),
            "");

    assertThat(SummaryReport.lines(rows(), findings))
        .containsExactly(
            "dataset  student     bits  quantizer  method  n    PSNR   ±    SSIM  vs teacher   vs fp"
                + "  vs none  size",
            "                                                     dB  dB                  dB      dB"
                + "       dB   KiB",
            "set      bicubic                                 30.000      0.8500",
            "set      teacher                                 40.000      0.9500",
            "set      edsr-c4-b1  fp    fp         none    1  36.000      0.9000      -4.000"
                + "  +0.000   +0.000   0.0",
            "set      edsr-c4-b1  w4a4  lsq        logits  1  35.000      0.9000      -5.000"
                + "  -1.000            0.0");
  }
}
