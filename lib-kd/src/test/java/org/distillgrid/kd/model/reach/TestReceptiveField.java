package org.distillgrid.kd.model.reach;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Flow;
import org.distillgrid.kd.nn.block.BilinearResize;
import org.distillgrid.kd.nn.block.MaxPool;
import org.distillgrid.kd.nn.block.Padding;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;

class TestReceptiveField {
  private static final int WINDOW = 8;

  /** EDSR has 2b + 3 convolutions before the image is enlarged, and one after it. */
  @Test
  void isThatOfEdsrInClosedForm() {
    assertThat(field("edsr-c4-b2", 1)).isEqualTo(square(4 * 2 + 7, 4 + 3, 1));
    assertThat(field("edsr-c4-b2", 2)).isEqualTo(square(4 * 2 + 8, 4 + 4, 1));
    assertThat(field("edsr-c4-b5", 3)).isEqualTo(square(4 * 5 + 8, 10 + 4, 1));
    assertThat(field("edsr-c4-b40", 2)).isEqualTo(square(4 * 40 + 8, 80 + 4, 1));
    // Two stages of enlargement: the second sees one pixel on either side, of twice the size.
    assertThat(field("edsr-c4-b2", 4)).isEqualTo(square(4 * 2 + 9, 4 + 4, 1));
  }

  @Test
  void doesNotDependOnWeights() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network =
            Network.build("edsr-c4-b2", new ModelTarget(3, 2), Draws.of("t"), manager)) {
      network.parameters().flat().muli(0);
      assertThat(ReceptiveField.of(network)).isEqualTo(square(16, 8, 1));
    }
  }

  @Test
  void isTwiceTheDepthOfDnCnn() {
    assertThat(field("dncnn-c4-d17", 1)).isEqualTo(square(2 * 17 + 1, 17, 1));
  }

  /** VDSR sees 41 enlarged pixels, and bicubic enlargement five pixels for each. */
  @Test
  void seesThroughBicubicEnlargement() {
    assertThat(field("vdsr-c2", 2).rows().toString()).isEqualTo("25");
    assertThat(field("srcnn", 3).period()).hasValue(1);
  }

  @Test
  void knowsShiftedWindows() {
    ReceptiveField field = field("swinir-c12-d2x2-h2x2-w8", 2);
    assertThat(field.period()).hasValue(8);
    assertThat(field.rows()).isEqualTo(field.columns());
  }

  /** The grid of its coarse attention lies otherwise at every place of the image. */
  @Test
  void isWideAndWithoutPeriodForRlfn() {
    ReceptiveField field = field("rlfn-c2", 2);
    assertThat(field.radius().orElseThrow()).isBetween(100, 160);
    assertThat(field.period()).isEmpty();
    assertThat(field.rows()).asString().startsWith("about 2");
  }

  @Test
  void isTheWholeImageForGlobalOperations() {
    UnaryOperator<NDArray> squeeze =
        input ->
            input.mul(
                Activation.sigmoid(input.mean(new int[] {2}, true).mean(new int[] {3}, true)));
    assertThat(reach(squeeze, NanStrip.Axis.ROWS)).isEqualTo(new Reach.WholeImage());
    assertThat(reach(squeeze, NanStrip.Axis.COLUMNS)).isEqualTo(new Reach.WholeImage());
    UnaryOperator<NDArray> alongRows = input -> input.mul(input.sum(new int[] {3}, true));
    assertThat(reach(alongRows, NanStrip.Axis.ROWS)).isEqualTo(local(1, 0, 1));
    assertThat(reach(alongRows, NanStrip.Axis.COLUMNS)).isEqualTo(new Reach.WholeImage());
  }

  @Test
  void knowsWindowsAndStrides() {
    assertThat(reach(TestReceptiveField::attention, NanStrip.Axis.COLUMNS))
        .isEqualTo(local(WINDOW, WINDOW - 1, WINDOW));
    UnaryOperator<NDArray> twice = input -> attention(smooth(attention(input)));
    assertThat(reach(twice, NanStrip.Axis.COLUMNS)).isEqualTo(local(24, 15, WINDOW));
    UnaryOperator<NDArray> pooled =
        input -> {
          Shape shape = input.getShape();
          long height = shape.get(2);
          long width = shape.get(3);
          NDArray even = input.get(":,:,:{},:{}", height / 2 * 2, width / 2 * 2);
          return BilinearResize.of(MaxPool.of(even, 2, 2), height, width);
        };
    assertThat(reach(pooled, NanStrip.Axis.ROWS)).isEqualTo(local(4, 2, 2));
  }

  /** What PyTorch's kernels on a CPU do with NaN is what all of this rests on. */
  @Test
  void activationsLetNanThrough() {
    requireNan(Activation::relu);
    requireNan(input -> Activation.leakyRelu(input, 0.1f));
    requireNan(Activation::sigmoid);
    requireNan(Activation::tanh);
    requireNan(Activation::gelu);
    requireNan(input -> input.clip(0, 1));
    requireNan(input -> input.maximum(0));
    requireNan(input -> input.softmax(1));
    requireNan(input -> input.mul(0));
    requireNan(input -> MaxPool.of(input, 3, 1));
    requireNan(
        input -> Pool.maxPool2d(input, new Shape(3, 3), new Shape(1, 1), new Shape(1, 1), false));
  }

  private static void requireNan(UnaryOperator<NDArray> operation) {
    try (NDManager manager = NDManager.newBaseManager()) {
      // Longer than a vector register, so that both the vectorised and the last loop are met.
      NDArray input = manager.ones(new Shape(1, 2, 21, 21));
      input.set(new NDIndex(":,:,10,10"), Float.NaN);
      input.set(new NDIndex(":,:,20,20"), Float.NaN);
      assertThat(operation.apply(input).isNaN().toType(DataType.INT64, false).sum().getLong())
          .isGreaterThanOrEqualTo(4);
    }
  }

  private static NDArray smooth(NDArray input) {
    return Pool.avgPool2d(input, new Shape(3, 3), new Shape(1, 1), new Shape(1, 1), false, true);
  }

  /** Softmax over windows of columns; the image is padded to whole windows. */
  private static NDArray attention(NDArray input) {
    Shape shape = input.getShape();
    long width = shape.get(3);
    NDArray padded = Padding.reflectTo(input, WINDOW);
    Shape larger = padded.getShape();
    NDArray windows =
        padded.reshape(1, larger.get(1), larger.get(2), larger.get(3) / WINDOW, WINDOW);
    NDArray weighted = windows.mul(windows.softmax(-1)).sum(new int[] {-1}, true).add(windows);
    return Padding.crop(weighted.reshape(larger), shape.get(2), width);
  }

  private static Reach reach(UnaryOperator<NDArray> operation, NanStrip.Axis axis) {
    try (NDManager manager = NDManager.newBaseManager()) {
      ReceptiveField field = ReachProbe.field(new Only(operation), new ModelTarget(1, 1), manager);
      return switch (axis) {
        case ROWS -> field.rows();
        case COLUMNS -> field.columns();
      };
    }
  }

  private static ReceptiveField field(String model, int scale) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = Network.build(model, new ModelTarget(3, scale), Draws.of("t"), manager)) {
      return ReceptiveField.of(network);
    }
  }

  private static ReceptiveField square(int pixels, int radius, int period) {
    return new ReceptiveField(local(pixels, radius, period), local(pixels, radius, period));
  }

  private static Reach local(int pixels, int radius, int period) {
    return new Reach.Local(pixels, radius, OptionalInt.of(period));
  }

  /** A network of one segment. */
  private record Only(UnaryOperator<NDArray> operation) implements Architecture {
    @Override
    public Flow head(NDArray input) {
      return Flow.start(input, input.add(0));
    }

    @Override
    public int segments() {
      return 1;
    }

    @Override
    public Flow segment(int index, Flow flow) {
      return flow.after(operation.apply(flow.features()));
    }

    @Override
    public NDArray tail(Flow flow) {
      return flow.features().mul(1);
    }

    @Override
    public int width(int segment) {
      return 1;
    }
  }
}
