package org.distillgrid.kd.model.restormer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.Predicate;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.model.LayerCost;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.model.NetworkCost;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Inference;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestRestormer {
  private static final ModelTarget RGB = new ModelTarget(3, 1);
  private static final String TINY = "restormer-c4-b1x1x1x1-r1-h1x1x2x2";

  @ParameterizedTest
  @CsvSource({
    "restormer, 26.127",
    "restormer-c24-b2x3x3x4-r2, 3.813",
    "restormer-norm0, 26.112",
    "restormer-bias1, 26.266"
  })
  void hasThePublishedParameterCount(String model, double millions) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build(model, RGB, manager)) {
      double counted = (double) network.parameters().learnedElements() / 1e6;
      assertThat(counted / millions).isBetween(0.9997, 1.0003);
    }
  }

  @Test
  void itsConvolutionsCostWhatThePaperSays() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("restormer", RGB, manager)) {
      NetworkCost cost = NetworkCost.of(network, 256, 256);
      long products = macs(cost, layer -> layer.kernel().equals("product"));
      assertThat((double) (cost.macs() - products)).isCloseTo(140.99e9, withinPercentage(0.01));
      // What the paper leaves out, q·kᵀ and ·v: pixels × blocks × channels × channels of a head.
      long finest = 256 * 256 * (4 * 48 * 48 + 4 * 96 * 96 + 4 * 96 * 96L);
      long second = 128 * 128 * (6 + 6) * 96 * 48L;
      long third = 64 * 64 * (6 + 6) * 192 * 48L;
      long latent = 32 * 32 * 8 * 384 * 48L;
      assertThat(products).isEqualTo(2 * (finest + second + third + latent));
    }
  }

  private static long macs(NetworkCost cost, Predicate<LayerCost> counted) {
    return cost.layers().stream().filter(counted).mapToLong(LayerCost::macs).sum();
  }

  @ParameterizedTest
  @CsvSource({"1, 3, 1, 1", "2, 3, 5, 9", "3, 1, 8, 16", "1, 3, 3, 17"})
  void keepsAnySize(int images, int channels, int height, int width) {
    Shape shape = new Shape(images, channels, height, width);
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build(TINY, new ModelTarget(channels, 1), manager)) {
      NDArray output = network.forward(manager.ones(shape));
      assertThat(output.getShape()).isEqualTo(shape);
    }
  }

  @Test
  void itsLevelsAreItsSegments() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build(TINY, RGB, manager)) {
      Architecture architecture = network.architecture();
      Pass pass = Pass.of(architecture, manager.ones(new Shape(2, 3, 16, 24)));
      assertThat(pass.features().stream().map(NDArray::getShape))
          .containsExactly(
              new Shape(2, 4, 16, 24),
              new Shape(2, 8, 8, 12),
              new Shape(2, 16, 4, 6),
              new Shape(2, 32, 2, 3),
              new Shape(2, 16, 4, 6),
              new Shape(2, 8, 8, 12),
              new Shape(2, 8, 16, 24),
              new Shape(2, 8, 16, 24));
      for (int k = 0; k < architecture.segments(); k++) {
        assertThat(pass.features().get(k).getShape().get(1)).isEqualTo(architecture.width(k));
      }
    }
  }

  @Test
  void infersWhatItComputesForward() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build(TINY, RGB, manager)) {
      NDArray input = manager.arange(330f).reshape(1, 3, 11, 10).div(330);
      assertThat(Inference.output(network.architecture(), input)).isEqualTo(network.forward(input));
    }
  }

  @Test
  void namesParametersAsTheAuthorsDo() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("restormer-c4-b1x0x0x0-r0-bias1-h1x1x1x1", RGB, manager)) {
      List<String> names = List.copyOf(network.parameters().export().keySet());
      assertThat(names)
          .contains(
              "encoder_level1.0.attn.project_out.bias",
              "encoder_level1.0.attn.project_out.weight",
              "encoder_level1.0.attn.qkv.bias",
              "encoder_level1.0.attn.qkv.weight",
              "encoder_level1.0.attn.qkv_dwconv.bias",
              "encoder_level1.0.attn.qkv_dwconv.weight",
              "encoder_level1.0.attn.temperature",
              "encoder_level1.0.ffn.dwconv.bias",
              "encoder_level1.0.ffn.dwconv.weight",
              "encoder_level1.0.ffn.project_in.bias",
              "encoder_level1.0.ffn.project_in.weight",
              "encoder_level1.0.ffn.project_out.bias",
              "encoder_level1.0.ffn.project_out.weight",
              "encoder_level1.0.norm1.body.bias",
              "encoder_level1.0.norm1.body.weight",
              "encoder_level1.0.norm2.body.bias",
              "encoder_level1.0.norm2.body.weight");
      assertThat(names.stream().filter(name -> !name.contains("_level1.0.")))
          .containsExactly(
              "down1_2.body.0.weight",
              "down2_3.body.0.weight",
              "down3_4.body.0.weight",
              "output.bias",
              "output.weight",
              "patch_embed.proj.weight",
              "reduce_chan_level2.bias",
              "reduce_chan_level2.weight",
              "reduce_chan_level3.bias",
              "reduce_chan_level3.weight",
              "up2_1.body.0.weight",
              "up3_2.body.0.weight",
              "up4_3.body.0.weight");
    }
  }

  @Test
  void refusesLevelsAndHeadsThatDoNotFit() {
    assertThatThrownBy(() -> build("restormer-b1x1"))
        .isInstanceOf(GridException.class)
        .hasMessage("Cannot build restormer-b1x1: b must have 4 numbers, one a level, not 2");
    assertThatThrownBy(() -> build("restormer-h1x2x4x8x16"))
        .hasMessage(
            "Cannot build restormer-h1x2x4x8x16: h must have 4 numbers, one a level, not 5");
    assertThatThrownBy(() -> build("restormer-c6-h1x2x5x8"))
        .hasMessage(
            "Cannot build restormer-c6-h1x2x5x8: level 3 has 24 channels, which h does not divide:"
                + " 5");
    assertThatThrownBy(() -> build("restormer-c5"))
        .hasMessage("Cannot build restormer-c5: c must be even, not 5");
  }

  private static void build(String model) {
    try (NDManager manager = NDManager.newBaseManager()) {
      build(model, RGB, manager).close();
    }
  }

  private static Network build(String model, ModelTarget target, NDManager manager) {
    return Network.build(model, target, Draws.of("t"), manager);
  }
}
