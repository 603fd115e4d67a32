package org.distillgrid.jobs.table;

import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * A column: its name, type, comment and nullability, and where its value comes from, in one place.
 *
 * @param <R> what a row is made from
 * @param field what the schema says of it
 * @param value takes the value out of what a row is made from; empty where SQL computes it or the
 *     folder's name tells it
 */
record Column<R>(StructField field, Optional<Function<R, ?>> value) {

  /** Returns a column that has a value in every row. */
  static <R, T> Column<R> required(
      String name, ColumnType<T> type, String comment, Function<R, T> value) {
    StructField field = DataTypes.createStructField(name, type.inSpark(), false);
    return new Column<>(
        field.withComment(comment), Optional.of(value.andThen(type.inJava()::cast)));
  }

  /** Returns a column that is null in some rows. */
  static <R, T> Column<R> optional(
      String name, ColumnType<T> type, String comment, Function<R, Optional<T>> value) {
    StructField field = DataTypes.createStructField(name, type.inSpark(), true);
    return new Column<>(
        field.withComment(comment), Optional.of(value.andThen(cell -> cell.orElse(null))));
  }

  /** Returns this column with its values from elsewhere. */
  Column<R> fromElsewhere() {
    return new Column<>(field, Optional.empty());
  }

  /** Returns the cell of a row; null only where the column may be. */
  Object cell(R row) {
    Object cell = value.orElseThrow().apply(row);
    if (cell == null && !field.nullable()) {
      throw new IllegalStateException("A row has no " + field.name());
    }
    return cell;
  }
}
