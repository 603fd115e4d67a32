package org.distillgrid.jobs.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The answer to a query as text.
 *
 * @param titles names of the columns
 * @param numeric for each column, whether it holds numbers
 * @param rows a text for each cell; null for SQL's NULL
 */
record QueryResult(List<String> titles, List<Boolean> numeric, List<List<String>> rows) {
  private static final int SHOWN_BYTES = 16;

  /** Runs a query and takes in its rows. */
  static QueryResult of(Dataset<Row> answer) {
    List<StructField> fields = Arrays.asList(answer.schema().fields());
    List<List<String>> rows = new ArrayList<>();
    for (Row row : answer.collectAsList()) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < fields.size(); i++) {
        cells.add(text(row.get(i)));
      }
      rows.add(Collections.unmodifiableList(cells));
    }
    return new QueryResult(
        fields.stream().map(StructField::name).toList(),
        fields.stream().map(field -> field.dataType() instanceof NumericType).toList(),
        rows);
  }

  /** Returns aligned columns, numbers to the right, and the number of rows. */
  List<String> table() {
    List<List<String>> all = new ArrayList<>();
    all.add(titles);
    rows.forEach(row -> all.add(row.stream().map(QueryResult::shown).toList()));
    List<String> lines = new ArrayList<>();
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = all.stream().mapToInt(each -> length(each.get(column))).max().orElse(0);
        line.append(padded(row.get(i), width, numeric.get(i))).append("  ");
      }
      lines.add(line.toString().stripTrailing());
    }
    lines.add(String.format(Locale.ROOT, "(%d rows)", rows.size()));
    return lines;
  }

  /** Returns comma-separated lines, the titles first; NULL is an empty cell. */
  List<String> csv() {
    List<String> lines = new ArrayList<>();
    lines.add(csv(titles));
    rows.forEach(row -> lines.add(csv(row)));
    return lines;
  }

  private static String padded(String text, int width, boolean right) {
    String padding = " ".repeat(width - length(text));
    if (right) {
      return padding + text;
    }
    return text + padding;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String shown(String cell) {
    if (cell == null) {
      return "null";
    }
    return cell.replace("\n", "\\n");
  }

  private static String csv(List<String> cells) {
    return String.join(",", cells.stream().map(QueryResult::quoted).toList());
  }

  private static String quoted(String cell) {
    if (cell == null) {
      return "";
    }
    if (cell.isEmpty() || cell.matches("(?s).*[\",\\r\\n].*")) {
      return '"' + cell.replace("\"", "\"\"") + '"';
    }
    return cell;
  }

  private static String text(Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof byte[] bytes) {
      int shown = Math.min(SHOWN_BYTES, bytes.length);
      return bytes.length + " bytes " + HexFormat.of().formatHex(bytes, 0, shown);
    }
    if (value instanceof scala.collection.Seq<?> sequence) {
      return CollectionConverters.asJava(sequence).stream()
          .map(QueryResult::text)
          .toList()
          .toString();
    }
    return value.toString();
  }
}
