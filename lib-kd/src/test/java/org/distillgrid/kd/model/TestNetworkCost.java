package org.distillgrid.kd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.stream.Collectors;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;

class TestNetworkCost {
  @Test
  void countsEdsrAsTheLiteratureDoes() {
    NetworkCost cost = cost("edsr-c64-b16", 2, 720, 1280);
    assertThat((double) cost.macs()).isCloseTo(316.3e9, withinPercentage(1));
    LayerCost last = cost.layers().get(cost.layers().size() - 1);
    assertThat(last.name()).isEqualTo("conv_last");
    assertThat(last.output()).isEqualTo(new Shape(1, 3, 720, 1280));
    assertThat(last.kernel()).isEqualTo("3×3 64→3");
    assertThat(last.parameters()).isEqualTo(3 * 64 * 9 + 3);
    assertThat(last.macs()).isEqualTo(720L * 1280 * 3 * 64 * 9);
    long parameters = cost.layers().stream().mapToLong(LayerCost::parameters).sum();
    assertThat(parameters).isEqualTo(1_369_859);
  }

  @Test
  void knowsTheCoarseLayersOfRlfn() {
    NetworkCost cost = cost("rlfn-c4", 2, 720, 1280);
    assertThat(
            cost.layers().stream()
                .filter(layer -> layer.name().startsWith("block_1.esa"))
                .collect(Collectors.toMap(LayerCost::name, LayerCost::output)))
        .containsEntry("block_1.esa.conv1", new Shape(1, 16, 360, 640))
        .containsEntry("block_1.esa.conv2", new Shape(1, 16, 179, 319))
        .containsEntry("block_1.esa.conv3", new Shape(1, 16, 58, 105))
        .containsEntry("block_1.esa.conv4", new Shape(1, 4, 360, 640));
  }

  @Test
  void coversAnOutputThatTheScaleDoesNotDivide() {
    NetworkCost cost = cost("edsr-c4-b1", 3, 720, 1280);
    assertThat(cost.inputHeight()).isEqualTo(240);
    assertThat(cost.inputWidth()).isEqualTo(427);
  }

  private static NetworkCost cost(String model, int scale, int height, int width) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = Network.build(model, new ModelTarget(3, scale), Draws.of("t"), manager)) {
      return NetworkCost.of(network, height, width);
    }
  }
}
