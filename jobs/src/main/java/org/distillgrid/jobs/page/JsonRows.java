package org.distillgrid.jobs.page;

import java.sql.Timestamp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/** Rows of tables as JSON has them: cells by column; a number that is not finite is null. */
final class JsonRows {
  private JsonRows() {}

  static List<Map<String, Object>> of(List<Row> rows) {
    return rows.stream().map(JsonRows::of).toList();
  }

  static Map<String, Object> of(Row row) {
    Map<String, Object> cells = new LinkedHashMap<>();
    for (String column : row.schema().fieldNames()) {
      cells.put(column, cell(row.getAs(column)));
    }
    return cells;
  }

  /** Returns a number, or null for one that JSON does not have. */
  static Double finite(double value) {
    if (Double.isFinite(value)) {
      return value;
    }
    return null;
  }

  private static Object cell(Object value) {
    if (value instanceof Double number) {
      return finite(number);
    }
    if (value instanceof Timestamp time) {
      return time.toInstant().toString();
    }
    return value;
  }
}
