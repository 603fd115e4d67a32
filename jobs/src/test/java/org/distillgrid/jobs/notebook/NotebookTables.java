package org.distillgrid.jobs.notebook;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.TablePublisher;

/** Small tables as a grid of fp and w4a4 with and without a teacher leaves them. */
final class NotebookTables {
  private static final Map<String, Object> SHARED =
      Map.of(
          "task",
          "sr",
          "scale",
          2,
          "student",
          "edsr-c16-b4",
          "student_label",
          "edsr-c16-b4",
          "dataset",
          "sample",
          "threads",
          1,
          "n",
          1,
          "error",
          "Cannot train: loss is not finite at step 7",
          "device",
          "cpu",
          "finished_at",
          new Timestamp(0));

  private final SparkSession session;

  NotebookTables(SparkSession session) {
    this.session = session;
  }

  /** Publishes them into a run folder and returns the version's name. */
  String publish(String folder) {
    return new TablePublisher(RunFolder.of(folder, new Configuration()))
        .publish(
            Map.of(
                TableName.TRIALS, frame(TableName.TRIALS, trials()),
                TableName.METRICS, frame(TableName.METRICS, metrics()),
                TableName.CURVES, frame(TableName.CURVES, curves()),
                TableName.SUMMARY, frame(TableName.SUMMARY, summary()),
                TableName.TUNING, frame(TableName.TUNING, List.of()),
                TableName.EXPORTS, frame(TableName.EXPORTS, List.of())));
  }

  private static List<Map<String, Object>> trials() {
    return List.of(
        trial("a", "fp", 32, "fp", "none", "finished"),
        trial("b", "w4a4", 4, "lsq", "none", "finished"),
        trial("c", "w4a4", 4, "lsq", "logits", "finished"),
        trial("d", "w2a2", 2, "lsq", "logits", "failed"),
        labelled(trial("e", "w4a4", 4, "lsq", "logits", "finished")),
        notChosen(trial("f", "w4a4", 4, "lsq", "logits", "finished")));
  }

  // A candidate of a tuned method, however good its curve.
  private static Map<String, Object> notChosen(Map<String, Object> row) {
    Map<String, Object> candidate = new HashMap<>(row);
    candidate.put("tuned_options", "weight=4");
    candidate.put("chosen", false);
    return candidate;
  }

  // Another student of the same model.
  private static Map<String, Object> labelled(Map<String, Object> row) {
    Map<String, Object> other = new HashMap<>(row);
    other.put("student_label", "given");
    return other;
  }

  private static Map<String, Object> trial(
      String id, String bits, int width, String quantizer, String method, String status) {
    return Map.of(
        "trial_id", id,
        "bits", bits,
        "bits_weight", width,
        "bits_activation", width,
        "quantizer", quantizer,
        "method", method,
        "label", method,
        "status", status,
        "steps", 100L,
        "seconds", 12.5);
  }

  private static List<Map<String, Object>> metrics() {
    List<Map<String, Object>> rows = new ArrayList<>();
    double psnr = 30;
    for (String id : List.of("bicubic", "c", "e", "b", "a", "teacher", "f")) {
      psnr += 1;
      for (String image : List.of("coffee", "cliff")) {
        rows.add(Map.of("trial_id", id, "image", image, "psnr", psnr));
      }
    }
    return rows;
  }

  private static List<Map<String, Object>> curves() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (long step : new long[] {50, 100}) {
      for (String id : List.of("c", "e", "f")) {
        rows.add(curve(id, step, "loss/reconstruction", 0.1));
        rows.add(curve(id, step, "validation_psnr", 31));
      }
    }
    return rows;
  }

  private static Map<String, Object> curve(String id, long step, String series, double value) {
    return Map.of("trial_id", id, "step", step, "series", series, "value", value);
  }

  private static List<Map<String, Object>> summary() {
    return List.of(
        cell("fp", "fp", "none", 33.0, 40000L),
        cell("w4a4", "lsq", "none", 32.0, 5000L),
        cell("w4a4", "lsq", "logits", 32.5, 5000L),
        labelled(cell("w4a4", "lsq", "logits", 32.25, 5000L)));
  }

  private static Map<String, Object> cell(
      String bits, String quantizer, String method, double psnr, long bytes) {
    return Map.of(
        "bits", bits,
        "quantizer", quantizer,
        "method", method,
        "label", method,
        "psnr_mean", psnr,
        "psnr_minus_none", psnr - 32,
        "n_integer", 1,
        "psnr_integer_mean", psnr - 0.01,
        "packed_bytes", bytes,
        "bit_operations", 1_000_000 * bytes);
  }

  private Dataset<Row> frame(TableName table, List<Map<String, Object>> rows) {
    StructField[] fields = table.schema().fields();
    List<Row> complete =
        rows.stream()
            .map(row -> Arrays.stream(fields).map(field -> value(field, row)).toArray())
            .map(RowFactory::create)
            .toList();
    return session.createDataFrame(complete, table.schema());
  }

  private static Object value(StructField field, Map<String, Object> row) {
    Object given = row.getOrDefault(field.name(), SHARED.get(field.name()));
    if (given != null || field.nullable()) {
      return given;
    }
    if (field.dataType().equals(DataTypes.StringType)) {
      return field.name();
    }
    if (field.dataType().equals(DataTypes.LongType)) {
      return 0L;
    }
    if (field.dataType().equals(DataTypes.IntegerType)) {
      return 0;
    }
    return 0.0;
  }
}
