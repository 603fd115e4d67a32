package org.distillgrid.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.distillgrid.jobs.report.Comparison.Better;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;

class TestComparison {
  private final List<Row> rows = new ArrayList<>();

  private static StructType schema() {
    StructType schema = new StructType();
    for (String column : Comparison.COLUMNS) {
      DataType type =
          switch (column) {
            case "seed" -> DataTypes.LongType;
            case "value" -> DataTypes.DoubleType;
            default -> DataTypes.StringType;
          };
      schema = schema.add(column, type);
    }
    return schema;
  }

  private void add(String dataset, String bits, String method, long seed, double... values) {
    for (int image = 0; image < values.length; image++) {
      Object[] cells = {dataset, "edsr", bits, "lsq", method, seed, image + ".png", values[image]};
      rows.add(new GenericRowWithSchema(cells, schema()));
    }
  }

  @Test
  void setsEveryMethodAgainstOne() {
    for (long seed = 0; seed < 2; seed++) {
      add("A", "w4a4", "none", seed, 30, 31);
      add("A", "w4a4", "logits", seed, 30.1 + seed, 31.1 + seed);
      add("A", "w4a4", "fakd", seed, 29.5, 30.5);
      add("B", "w4a4", "none", seed, 20);
      add("B", "w4a4", "logits", seed, 21 + seed);
    }
    // No method to compare with at these bits.
    add("A", "w2a2", "logits", 0, 25, 26);

    assertThat(String.join("\n", Comparison.of(rows, "none", Better.HIGHER).lines("dB")) + "\n")
        .isEqualTo(
            """
            student  bits  quantizer  dataset  method  seeds  images  difference  ± seeds  p seeds  p images  p Holm
                                                                              dB       dB
            edsr     w4a4  lsq        A        logits      2       2     +0.6000   0.7071    0.442    0.5000  1.0000
            edsr     w4a4  lsq        A        fakd        2       2     -0.5000   0.0000    0.000    0.5000  1.0000
            edsr     w4a4  lsq        B        logits      2       1     +1.5000   0.7071    0.205
            edsr     w4a4  lsq        (all)    logits      2       3     +0.9000   0.7071    0.323    0.2500  0.5000
            edsr     w4a4  lsq        (all)    fakd        2       2     -0.5000   0.0000    0.000    0.5000  0.5000
            """);
  }

  @Test
  void sortsTheLowerFirstWhereLowerIsBetter() {
    for (long seed = 0; seed < 2; seed++) {
      add("A", "w4a4", "none", seed, 0.50, 0.25);
      add("A", "w4a4", "logits", seed, 0.75, 0.50);
      add("A", "w4a4", "fakd", seed, 0.25, 0.125);
    }

    assertThat(String.join("\n", Comparison.of(rows, "none", Better.LOWER).lines("")) + "\n")
        .isEqualTo(
            """
            student  bits  quantizer  dataset  method  seeds  images  difference  ± seeds  p seeds  p images  p Holm
            edsr     w4a4  lsq        A        fakd        2       2     -0.1875   0.0000    0.000    0.5000  1.0000
            edsr     w4a4  lsq        A        logits      2       2     +0.2500   0.0000    0.000    0.5000  1.0000
            """);
  }

  @Test
  void refusesAMethodThatTheRunDoesNotHave() {
    add("A", "w4a4", "logits", 0, 30);

    assertThatThrownBy(() -> Comparison.of(rows, "logit", Better.HIGHER))
        .isInstanceOf(GridException.class)
        .hasMessage(
            "Cannot compare with logit: no finished trial has that method (did you mean logits?)");
  }
}
