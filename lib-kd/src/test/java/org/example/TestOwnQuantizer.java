package org.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.distillgrid.kd.model.ModelName;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Models;
import org.distillgrid.kd.nn.WeightedLayer;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.OperandGrids;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.quant.QuantizerFamily;
import org.distillgrid.kd.quant.QuantizerSetting;
import org.distillgrid.kd.quant.UniformGrid;
import org.distillgrid.kd.quant.packed.PackedStudent;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.registry.Registry;
import org.junit.jupiter.api.Test;

/**
 * A quantiser with a grid of its own, in a package of its own, needs nothing but what is public.
 */
class TestOwnQuantizer {
  private static final Registry<QuantizerFamily> QUANTIZERS =
      Registry.of("quantizer", List.of(new Spread()));

  @Test
  void itsWeightsLieOnTheGridThatItsOptionSays() {
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork network = network("spread(width=2)-pertensor", manager)) {
      NDArray input = manager.arange(0f, 1f, 1f / 192).reshape(new Shape(1, 3, 8, 8));
      float[] full = network.network().forward(input).toFloatArray();
      network.calibrate(List.of(input, input));
      assertThat(network.network().forward(input).toFloatArray()).isNotEqualTo(full);
      WeightedLayer layer =
          network.network().layers().stream()
              .filter(one -> one.name().startsWith("body"))
              .findFirst()
              .orElseThrow();
      OperandGrids grids = network.quantization().grids(layer);
      UniformGrid grid = grids.weight().orElseThrow();
      double meanSquare = layer.weight().array().square().mean().getFloat();
      assertThat((double) grid.scale()[0]).isCloseTo(2 * Math.sqrt(meanSquare) / 7, within(1e-6));
      for (float value : grids.weightValues().orElseThrow()) {
        assertThat(value).isEqualTo(grid.value(grid.level(value, 0), 0));
      }
      assertThat(PackedStudent.of(network).length()).isPositive();
    }
  }

  private static QuantizedNetwork network(String quantizer, NDManager manager) {
    return QuantizedNetwork.build(
        ModelName.parse("edsr-c4-b1", Models.registry()),
        new ModelTarget(3, 2),
        QuantizerSetting.parse(quantizer, QUANTIZERS),
        Bits.parse("w4a4"),
        Draws.of("student"),
        manager);
  }
}
