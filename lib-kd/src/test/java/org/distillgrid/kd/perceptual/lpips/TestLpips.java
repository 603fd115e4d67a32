package org.distillgrid.kd.perceptual.lpips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.distillgrid.kd.Fixtures;
import org.distillgrid.kd.SharedData;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.distillgrid.kd.weights.file.Checkpoints;
import org.distillgrid.kd.weights.file.TakenWeights;
import org.distillgrid.kd.weights.file.WeightPath;
import org.distillgrid.kd.weights.torch.Pth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** LPIPS against the formula in PyTorch, on random weights; the script lies beside the fixture. */
class TestLpips {
  private static final Checkpoint FIXTURE = Fixtures.npz("lpips/lpips.npz");
  private static final float TOLERANCE = 1e-5f;

  @ParameterizedTest
  @EnumSource
  void isTheFormulaInEveryBackbone(Backbone backbone) {
    try (NDManager manager = NDManager.newBaseManager();
        Lpips lpips = drawn(backbone, manager)) {
      NDArray first = Fixtures.array(FIXTURE, "first", manager);
      NDArray second = Fixtures.array(FIXTURE, "second", manager);
      int before = manager.getManagedArrays().size();
      NDArray distance = lpips.distance(first, second);
      assertThat(manager.getManagedArrays()).hasSize(before + 1);
      assertThat(distance.getShape()).isEqualTo(new Shape(2));
      assertThat(distance.toFloatArray())
          .containsExactly(wanted(backbone.text()), within(TOLERANCE));
      assertThat(lpips.distance(second, first).toFloatArray())
          .containsExactly(distance.toFloatArray(), within(TOLERANCE));
      assertThat(lpips.distance(first, first).toFloatArray()).containsOnly(0);
    }
  }

  @Test
  void repeatsGreyImages() {
    try (NDManager manager = NDManager.newBaseManager();
        Lpips lpips = drawn(Backbone.ALEX, manager)) {
      NDArray both = Fixtures.array(FIXTURE, "grey", manager);
      NDArray distance = lpips.distance(both.get("0:1"), both.get("1:2"));
      assertThat(distance.toFloatArray()).containsExactly(wanted("grey.alex"), within(TOLERANCE));
    }
  }

  @Test
  void takesStoredImages() {
    PlanarImage colour = image(3, 33, 31, 7);
    PlanarImage grey = image(1, 33, 31, 3);
    try (NDManager manager = NDManager.newBaseManager();
        Lpips lpips = drawn(Backbone.ALEX, manager)) {
      NDArray first = array(colour, manager);
      NDArray second = array(grey, manager);
      assertThat(lpips.distance(colour, grey))
          .isPositive()
          .isEqualTo(lpips.distance(first, second).getFloat(0));
    }
  }

  private static NDArray array(PlanarImage image, NDManager manager) {
    float[] values = new float[image.samples().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (image.samples()[i] & 0xff) / 255f;
    }
    return manager.create(values, new Shape(1, image.channels(), image.height(), image.width()));
  }

  private static PlanarImage image(int channels, int height, int width, int step) {
    byte[] samples = new byte[channels * height * width];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i * step);
    }
    return new PlanarImage(channels, height, width, samples);
  }

  @ParameterizedTest
  @EnumSource
  void needsAsManyPixelsAsItSays(Backbone backbone) {
    int side = backbone.leastSide();
    try (NDManager manager = NDManager.newBaseManager();
        Lpips lpips = drawn(backbone, manager)) {
      assertThat(lpips.distance(image(3, side, side, 7), image(3, side, side, 5))).isPositive();
      assertThatThrownBy(
              () -> lpips.distance(image(3, side, side - 1, 7), image(3, side, side - 1, 5)))
          .isInstanceOf(GridException.class)
          .hasMessage(
              "Cannot compare images of %d×%d by LPIPS %s: it needs at least %d×%d pixels",
              side - 1, side, backbone.text(), side, side);
      assertThatThrownBy(() -> lpips.distance(image(3, 40, 41, 7), image(3, 40, 42, 7)))
          .hasMessage("Cannot compare an image of 41×40 with one of 42×40");
    }
  }

  @Test
  void isNamedAsByItsAuthors() {
    assertThat(Backbone.named("squeeze")).isEqualTo(Backbone.SQUEEZE);
    assertThatThrownBy(() -> Backbone.named("alexnet"))
        .isInstanceOf(GridException.class)
        .hasMessageStartingWith("Cannot measure LPIPS with alexnet: there are alex, squeeze, vgg");
  }

  @Test
  void saysWhoseWeightsAFileHolds() {
    LpipsSource features = DrawnWeights.features(Backbone.ALEX);
    LpipsSource linear = DrawnWeights.linear(Backbone.ALEX);
    refuses(
        Backbone.SQUEEZE,
        features,
        linear,
        "Cannot load alex.pth as the backbone of LPIPS squeeze: it holds the backbone of alex");
    refuses(
        Backbone.ALEX,
        features,
        DrawnWeights.linear(Backbone.SQUEEZE),
        "Cannot load lin_squeeze.pth as the linear weights of LPIPS alex: it holds the linear"
            + " weights of squeeze");
    refuses(
        Backbone.ALEX,
        linear,
        linear,
        "Cannot load lin_alex.pth as the backbone of LPIPS alex: it holds the linear weights of"
            + " alex");
    refuses(
        Backbone.ALEX,
        without(features, "features.8.bias"),
        linear,
        "Cannot load alex.pth as the backbone of LPIPS alex: it has no tensor features.8.bias");
    refuses(
        Backbone.ALEX,
        features,
        with(linear, "lin2.model.1.weight", new HostTensor(new long[] {1, 2}, new float[2])),
        "Cannot load lin_alex.pth as the linear weights of LPIPS alex: lin2.model.1.weight has shape"
            + " (1, 2), not (1, 384, 1, 1)");
  }

  private static void refuses(
      Backbone backbone, LpipsSource features, LpipsSource linear, String message) {
    try (NDManager manager = NDManager.newBaseManager()) {
      assertThatThrownBy(() -> Lpips.load(backbone, features, linear, manager).close())
          .isInstanceOf(GridException.class)
          .hasMessage(message);
    }
  }

  /** torchvision's files have a classifier; lpips' own hold everything under names of its own. */
  @Test
  void findsItsWeightsInTheFilesOfBothLibraries() {
    HostTensor classifier = new HostTensor(new long[] {2, 256}, new float[512]);
    LpipsSource drawn = DrawnWeights.features(Backbone.ALEX);
    Map<String, HostTensor> whole = new TreeMap<>();
    drawn
        .checkpoint()
        .tensors()
        .forEach((name, tensor) -> whole.put(name.replace("features.", "net.slice1."), tensor));
    whole.putAll(DrawnWeights.linear(Backbone.ALEX).checkpoint().tensors());
    whole.put("scaling_layer.shift", new HostTensor(new long[] {1, 3, 1, 1}, new float[3]));
    requireFound(with(drawn, "classifier.1.weight", classifier).checkpoint(), Backbone.VGG);
    requireFound(Checkpoint.of(whole, Map.of()), Backbone.SQUEEZE);
  }

  private static void requireFound(Checkpoint stored, Backbone other) {
    byte[] file = Pth.bytes(stored);
    TakenWeights features = Checkpoints.take(file, WeightPath.of("a.pth"), Backbone.ALEX::isIn);
    assertThat(features.fitting()).isTrue();
    assertThat(Checkpoints.take(file, WeightPath.of("a.pth"), other::isIn).fitting()).isFalse();
    try (NDManager manager = NDManager.newBaseManager();
        Lpips lpips =
            Lpips.load(
                Backbone.ALEX,
                new LpipsSource(features.checkpoint(), "a.pth"),
                DrawnWeights.linear(Backbone.ALEX),
                manager)) {
      NDArray first = Fixtures.array(FIXTURE, "first", manager);
      NDArray second = Fixtures.array(FIXTURE, "second", manager);
      assertThat(lpips.distance(first, second).toFloatArray())
          .containsExactly(wanted("alex"), within(TOLERANCE));
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesTheReleasedLinearWeights(Backbone backbone) {
    String file = "weights/lpips_v0.1/" + backbone.text() + ".pth";
    Checkpoint released = Checkpoints.open(SharedData.path(file));
    assertThat(Arrays.stream(Backbone.values()).filter(other -> fits(file, other)))
        .containsExactly(backbone);
    try (NDManager manager = NDManager.newBaseManager();
        Lpips lpips =
            Lpips.load(
                backbone,
                DrawnWeights.features(backbone),
                new LpipsSource(released, file),
                manager)) {
      assertThat(lpips.distance(image(3, 40, 41, 7), image(3, 40, 41, 5))).isPositive();
    }
  }

  private static boolean fits(String file, Backbone backbone) {
    WeightPath path = WeightPath.of(SharedData.path(file).toString());
    return Checkpoints.take(path, backbone::hasLinearIn).fitting();
  }

  private static Lpips drawn(Backbone backbone, NDManager manager) {
    return Lpips.load(
        backbone, DrawnWeights.features(backbone), DrawnWeights.linear(backbone), manager);
  }

  private static float[] wanted(String name) {
    return FIXTURE.tensors().get(name).values();
  }

  private static LpipsSource without(LpipsSource source, String name) {
    Map<String, HostTensor> tensors = new TreeMap<>(source.checkpoint().tensors());
    tensors.remove(name);
    return new LpipsSource(Checkpoint.of(tensors, Map.of()), source.name());
  }

  private static LpipsSource with(LpipsSource source, String name, HostTensor tensor) {
    Map<String, HostTensor> tensors = new TreeMap<>(source.checkpoint().tensors());
    tensors.put(name, tensor);
    return new LpipsSource(Checkpoint.of(tensors, Map.of()), source.name());
  }
}
