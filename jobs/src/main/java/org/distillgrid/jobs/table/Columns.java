package org.distillgrid.jobs.table;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a table, each with its meaning and its value, so that a schema and a row cannot
 * disagree; {@code docs/tables.md} shows the same.
 *
 * @param <R> what a row is made from
 */
public final class Columns<R> {
  private final List<Column<R>> columns;
  // Asked for at every row.
  private final List<Column<R>> written;

  private Columns(List<Column<R>> columns) {
    this.columns = columns;
    this.written = columns.stream().filter(column -> column.value().isPresent()).toList();
  }

  /** Returns a table without columns, to which they are added. */
  static <R> Columns<R> none() {
    return new Columns<>(List.of());
  }

  <T> Columns<R> required(String name, ColumnType<T> type, String comment, Function<R, T> value) {
    return with(Column.required(name, type, comment, value));
  }

  <T> Columns<R> optional(
      String name, ColumnType<T> type, String comment, Function<R, Optional<T>> value) {
    return with(Column.optional(name, type, comment, value));
  }

  /** Adds a column that is never null, the value of which comes from elsewhere. */
  <T> Columns<R> required(String name, ColumnType<T> type, String comment) {
    return with(Column.<R, T>required(name, type, comment, row -> null).fromElsewhere());
  }

  /** Adds a column that may be null, the value of which comes from elsewhere. */
  <T> Columns<R> optional(String name, ColumnType<T> type, String comment) {
    Column<R> column = Column.optional(name, type, comment, row -> Optional.empty());
    return with(column.fromElsewhere());
  }

  /** Returns the schema of the table as it is read. */
  public StructType schema() {
    return schema(columns);
  }

  /** Returns the schema of {@link #row}: that of the table without what comes from elsewhere. */
  StructType rowSchema() {
    return schema(written);
  }

  /** Returns a row. */
  public Row row(R from) {
    Object[] cells = new Object[written.size()];
    Arrays.setAll(cells, column -> written.get(column).cell(from));
    return RowFactory.create(cells);
  }

  /** Returns rows with their schema. */
  public Dataset<Row> frame(SparkSession session, List<R> from) {
    return session.createDataFrame(from.stream().map(this::row).toList(), rowSchema());
  }

  private Columns<R> with(Column<R> last) {
    return new Columns<>(Stream.concat(columns.stream(), Stream.of(last)).toList());
  }

  private static <R> StructType schema(List<Column<R>> columns) {
    return new StructType(columns.stream().map(Column::field).toArray(StructField[]::new));
  }
}
