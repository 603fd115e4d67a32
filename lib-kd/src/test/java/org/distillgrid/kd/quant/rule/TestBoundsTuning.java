package org.distillgrid.kd.quant.rule;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;

/** The second stage of 2dquant. */
class TestBoundsTuning {
  @Test
  void bringsOutputsCloserToFullPrecisionAndLeavesWeightsAlone() {
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork student =
            QuantizedNetwork.build(
                "edsr-c8-b2",
                new ModelTarget(3, 2),
                "2dquant",
                Bits.parse("w3a3"),
                Draws.of("student"),
                manager)) {
      List<NDArray> batches = List.of(batch(0, manager), batch(1, manager));
      NDArray unseen = batch(2, manager);
      float[] full = student.network().forward(unseen).toFloatArray();
      float[] weights = student.network().parameters().flat().toFloatArray();
      student.calibrate(batches);
      double searched = difference(full, student.network().forward(unseen).toFloatArray());
      student.tune(batches, manager);
      double tuned = difference(full, student.network().forward(unseen).toFloatArray());
      assertThat(searched).isPositive();
      assertThat(tuned).isLessThan(0.9 * searched);
      assertThat(student.network().parameters().flat().toFloatArray()).isEqualTo(weights);
    }
  }

  private static NDArray batch(int number, NDManager manager) {
    UniformRandomProvider draws = Draws.of("batches").at(number, "values");
    float[] values = new float[2 * 3 * 12 * 12];
    for (int i = 0; i < values.length; i++) {
      values[i] = draws.nextFloat();
    }
    return manager.create(values, new Shape(2, 3, 12, 12));
  }

  private static double difference(float[] left, float[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += Math.abs(left[i] - right[i]);
    }
    return sum / left.length;
  }
}
