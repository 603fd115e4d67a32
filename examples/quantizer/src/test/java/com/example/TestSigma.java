package com.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.nn.WeightedLayer;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.OperandGrids;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.quant.QuantizerSetting;
import org.distillgrid.kd.quant.UniformGrid;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;

class TestSigma {
  @Test
  void itsOptionIsPartOfItsName() {
    assertThat(QuantizerSetting.parse("sigma(width=2)-tail").canonical())
        .isEqualTo("sigma(width=2)-tail");
    assertThat(QuantizerSetting.parse("sigma(width=3.0)").canonical()).isEqualTo("sigma");
    assertThatThrownBy(() -> QuantizerSetting.parse("sigma(wide=2)"))
        .hasMessage("Unknown option of quantizer sigma: wide (did you mean width?)");
  }

  @Test
  void aWeightHasTheRangeThatTheOptionSays() {
    try (NDManager manager = NDManager.newBaseManager()) {
      assertThat(rangeOverDeviation("sigma(width=1)-pertensor", manager)).isBetween(1.9, 2.1);
      assertThat(rangeOverDeviation("sigma(width=1.5)-pertensor", manager)).isBetween(2.9, 3.1);
    }
  }

  @Test
  void isNoWiderThanWhatItSaw() {
    try (NDManager manager = NDManager.newBaseManager()) {
      // First values are drawn evenly: they end √3 standard deviations from their mean.
      double width = 2 * Math.sqrt(3);
      assertThat(rangeOverDeviation("sigma(width=9)-pertensor", manager))
          .isBetween(width - 0.2, width + 0.2);
    }
  }

  private static double rangeOverDeviation(String quantizer, NDManager manager) {
    try (QuantizedNetwork network =
        QuantizedNetwork.build(
            "edsr-c16-b1",
            new ModelTarget(3, 2),
            quantizer,
            Bits.parse("w8a8"),
            Draws.of("student"),
            manager)) {
      network.calibrate(List.of(input(manager), input(manager)));
      WeightedLayer layer =
          network.network().layers().stream()
              .filter(one -> one.name().startsWith("body"))
              .findFirst()
              .orElseThrow();
      OperandGrids grids = network.quantization().grids(layer);
      UniformGrid grid = grids.weight().orElseThrow();
      double range = (double) grid.scale()[0] * (grid.highest() - grid.lowest());
      NDArray weight = layer.weight().array();
      double mean = weight.mean().getFloat();
      return range / Math.sqrt(weight.square().mean().getFloat() - mean * mean);
    }
  }

  private static NDArray input(NDManager manager) {
    return manager.arange(0f, 1f, 1f / 192).reshape(new Shape(1, 3, 8, 8));
  }
}
