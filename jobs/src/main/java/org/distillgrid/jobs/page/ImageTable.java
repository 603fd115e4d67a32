package org.distillgrid.jobs.page;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.Tables;
import org.distillgrid.jobs.table.TrialRow;

/**
 * How the images of one test set were restored, the hardest first.
 *
 * @param images names; of many only the hardest, by the mean over all cells
 * @param count how many there are in all
 * @param references decibels of the teacher and of bicubic or the input, image by image
 * @param cells decibels of the cells, means over seeds, likewise
 */
record ImageTable(
    String dataset,
    List<String> images,
    int count,
    Map<String, List<Double>> references,
    List<Scores> cells) {
  private static final int MOST_VALUES = 40_000;
  private static final int LEAST_IMAGES = 12;
  private static final Double NONE = Double.NaN;

  /** One cell's. */
  record Scores(CellName cell, List<Double> psnr) {}

  /** Returns the data sets by name. */
  static List<ImageTable> of(Tables tables) {
    Map<String, Map<CellName, Map<String, Double>>> cells = new TreeMap<>();
    for (Row row : cellRows(tables)) {
      cells
          .computeIfAbsent(row.getAs("dataset"), absent -> new TreeMap<>(CellName.ORDER))
          .computeIfAbsent(CellName.of(row), absent -> new LinkedHashMap<>())
          .put(row.getAs("image"), row.getAs("psnr"));
    }
    Map<String, Map<String, Map<String, Double>>> references = new TreeMap<>();
    for (Row row : referenceRows(tables)) {
      references
          .computeIfAbsent(row.getAs("dataset"), absent -> new TreeMap<>())
          .computeIfAbsent(row.getAs("trial_id"), absent -> new LinkedHashMap<>())
          .put(row.getAs("image"), row.getAs("psnr"));
    }
    int most = Math.max(LEAST_IMAGES, MOST_VALUES / Math.max(1, count(cells)));
    List<ImageTable> sets = new ArrayList<>();
    cells.forEach(
        (dataset, own) ->
            sets.add(of(dataset, own, references.getOrDefault(dataset, Map.of()), most)));
    return sets;
  }

  private static int count(Map<String, Map<CellName, Map<String, Double>>> cells) {
    return cells.values().stream().mapToInt(Map::size).sum();
  }

  private static List<Row> cellRows(Tables tables) {
    return PageTables.shown(tables)
        .filter(col("status").equalTo(TrialRow.FINISHED))
        .join(tables.table(TableName.METRICS), "trial_id")
        .groupBy("student_label", "bits", "quantizer", "label", "dataset", "image")
        .agg(avg("psnr").as("psnr"))
        .collectAsList();
  }

  private static List<Row> referenceRows(Tables tables) {
    return PageTables.referenceScores(tables).collectAsList();
  }

  private static ImageTable of(
      String dataset,
      Map<CellName, Map<String, Double>> cells,
      Map<String, Map<String, Double>> references,
      int most) {
    Map<String, double[]> sums = new TreeMap<>();
    for (Map<String, Double> own : cells.values()) {
      own.forEach(
          (image, psnr) -> {
            double[] sum = sums.computeIfAbsent(image, absent -> new double[2]);
            sum[0] += psnr;
            sum[1]++;
          });
    }
    List<String> hardest =
        sums.entrySet().stream()
            .sorted(Comparator.comparing(entry -> entry.getValue()[0] / entry.getValue()[1]))
            .limit(most)
            .map(Map.Entry::getKey)
            .toList();
    Map<String, List<Double>> ofReferences = new TreeMap<>();
    references.forEach((id, own) -> ofReferences.put(id, values(own, hardest)));
    List<Scores> ofCells =
        cells.entrySet().stream()
            .map(entry -> new Scores(entry.getKey(), values(entry.getValue(), hardest)))
            .toList();
    return new ImageTable(dataset, hardest, sums.size(), ofReferences, ofCells);
  }

  private static List<Double> values(Map<String, Double> psnr, List<String> images) {
    List<Double> values = new ArrayList<>();
    images.forEach(
        image -> values.add(JsonRows.finite(Objects.requireNonNullElse(psnr.get(image), NONE))));
    return values;
  }
}
