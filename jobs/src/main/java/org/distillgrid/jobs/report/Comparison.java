package org.distillgrid.jobs.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.error.NearestName;

/**
 * Every method of a run against one of them, cell by cell (student, bits, quantizer), on each data
 * set and on all together.
 */
public final class Comparison {
  /** Stands for all data sets together. */
  public static final String ALL = "(all)";

  /** The columns of the rows that {@link #of} reads. */
  public static final List<String> COLUMNS =
      List.of("dataset", "student", "bits", "quantizer", "method", "seed", "image", "value");

  private static final String DIFFERENCE = "difference";
  private static final String SPREAD = "± seeds";

  private final String baseline;
  private final Better better;
  private final SortedMap<Place, Map<String, List<PairedDifference.Score>>> scores =
      new TreeMap<>(Place.ORDER);

  private record Place(String student, String bits, String quantizer, String dataset) {
    // "(all)" comes before any letter, yet it is read last.
    static final Comparator<Place> ORDER =
        Comparator.comparing(Place::student)
            .thenComparing(Place::bits, Comparator.reverseOrder())
            .thenComparing(Place::quantizer)
            .thenComparing(place -> place.dataset.equals(ALL))
            .thenComparing(Place::dataset);
  }

  /**
   * One method against the baseline, in one cell and on one data set or on all.
   *
   * @param dataset its name, or {@link #ALL}
   * @param method the label of the method
   * @param corrected p of the images, corrected for the number of methods compared; NaN for one
   *     image
   */
  public record Difference(
      String student,
      String bits,
      String quantizer,
      String dataset,
      String method,
      PairedDifference paired,
      double corrected) {}

  /** Which of two values of a metric is the better one. */
  public enum Better {
    /** As of PSNR and SSIM. */
    HIGHER,
    /** As of a distance. */
    LOWER;

    /** Returns what sorts the best difference first. */
    private double place(double difference) {
      return switch (this) {
        case HIGHER -> -difference;
        case LOWER -> difference;
      };
    }
  }

  private Comparison(String baseline, Better better) {
    this.baseline = baseline;
    this.better = better;
  }

  /**
   * Compares the methods of a run.
   *
   * @param rows finished trials joined with their scores, in {@link #COLUMNS}
   * @param baseline the method that the others are compared with
   * @param better which values of the metric are the better ones
   * @throws GridException if no trial has that method
   */
  public static Comparison of(List<Row> rows, String baseline, Better better) {
    List<String> methods = rows.stream().map(row -> text(row, "method")).distinct().toList();
    if (!methods.contains(baseline)) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot compare with %s: no finished trial has that method%s",
          baseline,
          NearestName.hint(baseline, methods));
    }
    Comparison comparison = new Comparison(baseline, better);
    boolean several = rows.stream().map(row -> text(row, "dataset")).distinct().count() > 1;
    for (Row row : rows) {
      String dataset = text(row, "dataset");
      comparison.add(row, dataset);
      if (several) {
        comparison.add(row, ALL);
      }
    }
    return comparison;
  }

  private void add(Row row, String dataset) {
    Place place =
        new Place(text(row, "student"), text(row, "bits"), text(row, "quantizer"), dataset);
    PairedDifference.Score score =
        new PairedDifference.Score(
            row.getAs("seed"),
            text(row, "dataset") + "/" + text(row, "image"),
            row.<Double>getAs("value"));
    scores
        .computeIfAbsent(place, absent -> new LinkedHashMap<>())
        .computeIfAbsent(text(row, "method"), absent -> new ArrayList<>())
        .add(score);
  }

  /**
   * Returns the lines of a table, best methods first.
   *
   * @param unit of the values; empty where they have none
   */
  public List<String> lines(String unit) {
    TextTable table =
        new TextTable(
            5,
            "student",
            "bits",
            "quantizer",
            "dataset",
            "method",
            "seeds",
            "images",
            DIFFERENCE,
            SPREAD,
            "p seeds",
            "p images",
            "p Holm");
    if (!unit.isEmpty()) {
      table.units(Map.of(DIFFERENCE, unit, SPREAD, unit));
    }
    differences().forEach(difference -> table.add(row(difference)));
    return table.lines(TextTable.PAGE);
  }

  /** Returns all differences: cell by cell, data set by data set, best methods first. */
  public List<Difference> differences() {
    return scores.entrySet().stream()
        .flatMap(entry -> differences(entry.getKey(), entry.getValue()).stream())
        .toList();
  }

  private List<Difference> differences(
      Place place, Map<String, List<PairedDifference.Score>> methods) {
    if (!methods.containsKey(baseline)) {
      return List.of();
    }
    Map<String, PairedDifference> found = new TreeMap<>();
    methods.forEach(
        (method, own) -> {
          if (!method.equals(baseline)) {
            found.put(method, PairedDifference.of(own, methods.get(baseline)));
          }
        });
    Map<String, Double> held = new LinkedHashMap<>();
    found.forEach((method, difference) -> held.put(method, difference.imagesP()));
    Map<String, Double> corrected = Holm.corrected(held);
    return found.entrySet().stream()
        .sorted(Comparator.comparing(entry -> better.place(entry.getValue().mean())))
        .map(entry -> difference(place, entry, corrected.get(entry.getKey())))
        .toList();
  }

  private static Difference difference(
      Place place, Map.Entry<String, PairedDifference> entry, double corrected) {
    return new Difference(
        place.student,
        place.bits,
        place.quantizer,
        place.dataset,
        entry.getKey(),
        entry.getValue(),
        corrected);
  }

  private static String[] row(Difference difference) {
    PairedDifference paired = difference.paired;
    return new String[] {
      difference.student,
      difference.bits,
      difference.quantizer,
      difference.dataset,
      difference.method,
      Integer.toString(paired.seeds()),
      Integer.toString(paired.images()),
      number("%+.4f", paired.mean()),
      number("%.4f", paired.deviation()),
      number("%.3f", paired.seedsP()),
      number("%.4f", paired.imagesP()),
      number("%.4f", difference.corrected)
    };
  }

  private static String number(String format, double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return String.format(Locale.ROOT, format, value);
  }

  private static String text(Row row, String column) {
    return row.getAs(column);
  }
}
