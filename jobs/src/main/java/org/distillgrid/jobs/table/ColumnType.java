package org.distillgrid.jobs.table;

import java.sql.Timestamp;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * What a column holds.
 *
 * @param <T> Java's type of its values
 * @param inJava Java's type of its values
 * @param inSpark Spark's type of its values
 */
record ColumnType<T>(Class<T> inJava, DataType inSpark) {
  static final ColumnType<String> TEXT = new ColumnType<>(String.class, DataTypes.StringType);
  static final ColumnType<Integer> INT = new ColumnType<>(Integer.class, DataTypes.IntegerType);
  static final ColumnType<Long> LONG = new ColumnType<>(Long.class, DataTypes.LongType);
  static final ColumnType<Double> REAL = new ColumnType<>(Double.class, DataTypes.DoubleType);
  static final ColumnType<Boolean> BOOLEAN = new ColumnType<>(Boolean.class, DataTypes.BooleanType);
  static final ColumnType<byte[]> BYTES = new ColumnType<>(byte[].class, DataTypes.BinaryType);
  static final ColumnType<Timestamp> TIME =
      new ColumnType<>(Timestamp.class, DataTypes.TimestampType);

  /** Spark takes arrays of objects in rows, neither Java's lists nor arrays of numbers. */
  static final ColumnType<Float[]> MAP =
      new ColumnType<>(Float[].class, new ArrayType(DataTypes.FloatType, false));
}
