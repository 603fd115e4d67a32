package org.distillgrid.kd.model.mirnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.model.LayerCost;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.model.NetworkCost;
import org.distillgrid.kd.model.reach.Reach;
import org.distillgrid.kd.model.reach.ReceptiveField;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Inference;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestMirNet {
  private static final ModelTarget RGB = new ModelTarget(3, 1);

  /**
   * The reference beside the fixtures counts the same; the paper and its followers print 31.8 M.
   */
  @Test
  void hasAsManyParametersAsThePublishedOne() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("mirnet", RGB, manager)) {
      assertThat(network.parameters().learnedElements()).isEqualTo(31_787_419);
    }
  }

  /** Later papers, NAFNet's among them, print 786 G for 256×256. */
  @Test
  void costsLessThanTheLiteraturePrints() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("mirnet", RGB, manager)) {
      NetworkCost cost = NetworkCost.of(network, 256, 256);
      long deconvolutions =
          cost.layers().stream()
              .filter(layer -> layer.kernel().endsWith("↑2"))
              .mapToLong(LayerCost::macs)
              .sum();
      assertThat(cost.macs()).isEqualTo(479_435_919_360L);
      // As of FSRCNN: a deconvolution is taken for a convolution at the size of its output.
      assertThat((double) cost.macs() + 3 * deconvolutions).isCloseTo(786e9, withinPercentage(0.5));
    }
  }

  @Test
  void costsAsOftenAsAnImagePassesALayer() {
    assertThat(macs("mirnet-c8-g1-b1-h2-w3", "blocks.0.0.body.0"))
        .isEqualTo(3 * 64L * 64 * 8 * 8 * 9);
    assertThat(macs("mirnet-c8-g1-b1-h2-w3", "selective_kernel.0.fcs.1")).isEqualTo(3 * 4L * 8);
    assertThat(macs("mirnet-c8-g1-b1-h2-w3", "last_up.1.body.0.top.0"))
        .isEqualTo(32L * 32 * 16 * 16);
  }

  private static long macs(String model, String layer) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build(model, RGB, manager)) {
      return NetworkCost.of(network, 64, 64).layers().stream()
          .filter(cost -> cost.name().equals("body.0.body.0." + layer))
          .mapToLong(LayerCost::macs)
          .sum();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 3, 1, 1", "2, 3, 5, 7", "3, 1, 8, 4", "1, 3, 3, 17"})
  void keepsAnySize(int images, int channels, int height, int width) {
    Shape shape = new Shape(images, channels, height, width);
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("mirnet-c8-g1-b1", new ModelTarget(channels, 1), manager)) {
      assertThat(network.forward(manager.ones(shape)).getShape()).isEqualTo(shape);
    }
  }

  @Test
  void itsGroupsAreItsSegments() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("mirnet-c8-g2-b1-h2", RGB, manager)) {
      Architecture architecture = network.architecture();
      Pass pass = Pass.of(architecture, manager.ones(new Shape(2, 3, 7, 12)));
      assertThat(pass.features().stream().map(NDArray::getShape))
          .containsExactly(new Shape(2, 8, 8, 12), new Shape(2, 8, 8, 12));
      assertThat(architecture.segments()).isEqualTo(2);
      assertThat(architecture.width(1)).isEqualTo(8);
    }
  }

  @Test
  void infersWhatItComputesForward() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("mirnet-c8-g1-b1-h2", RGB, manager)) {
      NDArray input = manager.arange(210f).reshape(1, 3, 7, 10).div(210);
      int before = manager.getManagedArrays().size();
      NDArray output = Inference.output(network.architecture(), input);
      assertThat(manager.getManagedArrays()).hasSize(before + 1);
      assertThat(output).isEqualTo(network.forward(input));
    }
  }

  @Test
  void seesTheWholeImage() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("mirnet-c8-g1-b1-h2", RGB, manager)) {
      assertThat(ReceptiveField.of(network))
          .isEqualTo(new ReceptiveField(new Reach.WholeImage(), new Reach.WholeImage()));
    }
  }

  @Test
  void halvesByTheFilterOverReflectedBorders() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray input = manager.create(new float[] {1, 2, 3, 4, 5, 6, 7, 9}, new Shape(1, 1, 2, 4));
      // Rows: (2·first + 2·second)/4; columns: the first is between the second on either side.
      assertThat(BinomialHalving.of(input).toFloatArray())
          .containsExactly(new float[] {(3 + 4) / 2f, (4 + 2 * 5 + 6.5f) / 4}, within(1e-6f));
    }
  }

  @Test
  void namesParametersAsTheAuthorsDo() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("mirnet-c8-g1-b1-h2", RGB, manager)) {
      assertThat(network.parameters().export().keySet())
          .hasSize(43)
          .contains(
              "conv_in.weight",
              "conv_out.weight",
              "body.0.body.1.weight",
              "body.0.body.0.conv_out.weight",
              "body.0.body.0.blocks.0.0.body.0.weight",
              "body.0.body.0.blocks.0.0.body.1.weight",
              "body.0.body.0.blocks.1.0.SA.spatial.conv.weight",
              "body.0.body.0.blocks.1.0.CA.conv_du.2.weight",
              "body.0.body.0.down.8_2.body.0.top.5.weight",
              "body.0.body.0.up.16_2.body.0.bot.1.weight",
              "body.0.body.0.last_up.1.body.0.top.3.weight",
              "body.0.body.0.selective_kernel.1.conv_du.1.weight",
              "body.0.body.0.selective_kernel.1.fcs.0.weight")
          .doesNotContain("body.0.body.0.blocks.1.0.body.1.weight");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mirnet-c4, 1, 'Cannot build mirnet-c4: c must lie between 8 and 1024'",
    "mirnet, 2, 'Cannot build mirnet at scale 2: mirnet has scales [1]'"
  })
  void saysWhatIsWrongWithAName(String model, int scale, String message) {
    try (NDManager manager = NDManager.newBaseManager()) {
      assertThatThrownBy(() -> build(model, new ModelTarget(3, scale), manager))
          .isInstanceOf(GridException.class)
          .hasMessage(message);
    }
  }

  private static Network build(String model, ModelTarget target, NDManager manager) {
    return Network.build(model, target, Draws.of("t"), manager);
  }
}
