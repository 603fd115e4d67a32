package org.distillgrid.kd.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.distillgrid.kd.Fixtures;
import org.distillgrid.kd.SharedData;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.file.Checkpoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every family recognises checkpoints of its networks in all sizes, and no other family does. */
class TestModelGuesses {
  // What every other option is shows in some shape.
  private static final Map<String, List<String>> UNSEEN =
      Map.of(
          "edsr",
          List.of("m", "r"),
          "mirnet",
          List.of("w"),
          "rfdn",
          List.of("i"),
          "swinir",
          List.of("i"));

  /** A network's canonical name without the options that leave no trace, and its target. */
  private record Seen(String model, ModelTarget target) {
    static Seen of(String model, ModelTarget target) {
      ModelName name = ModelName.parse(model, Models.registry());
      Map<String, List<Double>> values = new TreeMap<>(name.values());
      values.keySet().removeAll(unseen(name.family()));
      if (name.family().equals("swinir") && target.scale() == 1) {
        // Without enlargement there is only one tail.
        values.keySet().removeAll(List.of("t", "f"));
      }
      return new Seen(
          new ModelName(model, name.family(), values, name.oneForAll(), Map.of()).canonical(),
          target);
    }
  }

  static Stream<String> models() {
    return Stream.of(
        "dncnn-c4-d3",
        "dncnn-c6-d12-n1",
        "edsr-c4-b2",
        "edsr-c5-b11",
        "fsrcnn-d6-s3-m1",
        "fsrcnn-d5-s5-m11",
        "imdn-c8-b2",
        "imdn-c6-b1",
        "imdn-c20-b11",
        "mirnet-c8-g1-b1-h2",
        "mirnet-c20-g2-b3-h4",
        "nafnet-w4-e2-m1-d1",
        "nafnet-w4-e1x2-m3-d2x1",
        "nafnet-w6-e0x1x11-m0-d1x0x2",
        "rcan-c8-g2-b3-q4",
        "rcan-c32-g1-b11",
        "rcan-c4-g11-b1-q2",
        "restormer-c4-b1x2x1x1-r2-h1x2x2x4-bias1-norm0",
        "restormer-c2-b1x0x1x0-r0-h2x2x1x8-f2",
        "restormer-c8-b0x1x1x3-r1-h4x2x4x8-f2.5-norm0",
        "rfdn-c8-b2",
        "rfdn-c12-b3-r4",
        "rfdn-c12-b1-r2",
        "rfdn-c50-b11-r4",
        "rlfn-c8",
        "rlfn-c6",
        "srcnn-c4x3-k9x1x5",
        "srcnn-c6x6-k3x3x3",
        "swinir-c4-d2x1-h2-w4-f3",
        "swinir-c6-d1x1x1-h2x2x2-w4-t2",
        "swinir-c12-d1x1x1-h3x2x6-w7-m1.5-f4",
        "swinir-c20-d1-h4-w2-m2.7-t2",
        "vdsr-c4-d3",
        "vdsr-c6-d12");
  }

  @ParameterizedTest
  @MethodSource("models")
  void findsEachTargetOfTheSameShapes(String model) {
    for (ModelTarget target : targets(model)) {
      Map<String, long[]> shapes = shapes(model, target);
      List<Seen> expected =
          targets(model).stream()
              .filter(other -> Network.shapes(model, other).equals(Network.shapes(model, target)))
              .map(other -> Seen.of(model, other))
              .toList();
      List<ModelGuess> fitting = fitting(shapes);
      assertThat(fitting)
          .extracting(guess -> Seen.of(guess.model(), guess.target()))
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(fitting)
          .allSatisfy(guess -> assertThat(guess.unseen()).isEqualTo(unseen(family(model).name())));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void takesAnySizesThatAFileClaims(String model) {
    Map<String, long[]> shapes = shapes(model, new ModelTarget(3, 1));
    for (long size : List.of(-1L, 0L, (long) Integer.MAX_VALUE, Long.MAX_VALUE)) {
      shapes.replaceAll((name, sizes) -> new long[] {size, size, size, size});
      assertThat(fitting(shapes)).isEmpty();
    }
    shapes.replaceAll((name, sizes) -> new long[0]);
    assertThat(fitting(shapes)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("families")
  void everyOptionOfEveryFamilyIsTried(String family) {
    List<ModelName> tried =
        models()
            .map(model -> ModelName.parse(model, Models.registry()))
            .filter(name -> name.family().equals(family))
            .toList();
    for (ModelOption option : Models.registry().named(family).options()) {
      if (!unseen(family).contains(option.key())) {
        assertThat(tried)
            .as("option %s of %s", option.key(), family)
            .anyMatch(name -> !name.values().get(option.key()).equals(option.standard()));
      }
    }
  }

  static Stream<String> families() {
    return Models.registry().names().stream();
  }

  @ParameterizedTest
  @MethodSource("families")
  void findsTheStandardSize(String family) {
    for (ModelTarget target : targets(family)) {
      assertThat(fitting(shapes(family, target)))
          .extracting(guess -> Seen.of(guess.model(), guess.target()))
          .contains(Seen.of(family, target));
    }
  }

  @Test
  void namesOneOfTheNumbersThatGiveOneNetwork() {
    ModelTarget target = new ModelTarget(3, 2);
    assertThat(fitting(shapes("rcan-c64-g1-b1-q13", target)))
        .containsExactly(ModelGuess.of("rcan-c64-g1-b1-q16", target));
    assertThat(fitting(shapes("rcan-c64-g1-b1-q7", target)))
        .containsExactly(ModelGuess.of("rcan-c64-g1-b1-q7", target));
    assertThat(fitting(shapes("rfdn-c8-b1-r60", target)))
        .containsExactly(ModelGuess.of("rfdn-c8-b1-r8", target, "i"));
    assertThat(fitting(shapes("swinir-c10-d1-h5-w8-m1.75-t2", target)))
        .extracting(ModelGuess::model)
        .containsExactly("swinir-c10-d1-h5-w8-m1.7-t2");
  }

  @ParameterizedTest
  @CsvSource({
    "edsr/edsr_x8, edsr-c8-b2, 3, 8, m r",
    "edsr/son_x3, edsr-c8-b2-m1, 3, 3, r",
    "edsr/son_x4, edsr-c8-b2-m1, 3, 4, r",
    "mirnet/mirnet_grey, mirnet-c10-g1-b2-h2-w3, 1, 1, ''",
    "mirnet/mirnet_rgb, mirnet-c8-g1-b1-h3-w2, 3, 1, ''",
    "nafnet/nafnet_grey, nafnet-w4-e1x1x0-m2-d1x0x1, 1, 1, ''",
    "rcan/rcan_x3, rcan-c8-g2-b2-q4, 3, 3, ''",
    "rcan/authors_x2, rcan-c8-g2-b2-q4, 3, 2, ''",
    "restormer/restormer_u, restormer-c4-b1x1x1x1-r1-h1x2x4x8-f2.66-bias0-norm1, 3, 1, ''",
    "restormer/restormer_free, restormer-c4-b1x1x0x1-r0-h2x1x4x4-f1.5-bias1-norm0, 1, 1, ''",
    "swinir/direct_x3, swinir-c12-d2x3-h2x3-w3-m1.5-t2, 3, 3, i",
    "swinir/plain_x1, swinir-c6-d2-h2-w7-m2, 1, 1, i"
  })
  void findsCheckpointsOfPyTorch(
      String file, String model, int channels, int scale, String unseen) {
    List<String> keys = unseen.isEmpty() ? List.of() : List.of(unseen.split(" ", -1));
    assertThat(fitting(Fixtures.npz(file + "_weights.npz")))
        .containsExactly(new ModelGuess(model, new ModelTarget(channels, scale), keys));
  }

  @Test
  void findsTheOtherNamesOfVdsr() {
    assertThat(fitting(Fixtures.npz("vdsr/twtygqyy_x2_weights.npz")))
        .containsExactlyElementsOf(everyScale("vdsr-c6-d9"));
  }

  @ParameterizedTest
  @CsvSource({
    "rlfn_x2.npz, rlfn-c52, 3, 2",
    "rlfn_x2.pth, rlfn-c52, 3, 2",
    "rlfn_x4.pth, rlfn-c52, 3, 4",
    "imdn_x2.pth, imdn-c64-b6, 3, 2",
    "imdn_x4.npz, imdn-c64-b6, 3, 4",
    "dncnn_gray_s25.npz, dncnn-c64-d17, 1, 1",
    "dncnn_gray_s25.pth, dncnn-c64-d17, 1, 1",
    "cdncnn_color_s25.npz, dncnn-c64-d20, 3, 1"
  })
  void recognisesTeachers(String file, String model, int channels, int scale) {
    assertThat(fitting(teacher(file)))
        .containsExactly(ModelGuess.of(model, new ModelTarget(channels, scale)));
  }

  @ParameterizedTest
  @CsvSource({
    "KAIR_dncnn_color_blind.pth, dncnn-c64-d20, 3, 1",
    "KAIR_dncnn_gray_blind.pth, dncnn-c64-d20, 1, 1"
  })
  void recognisesReleasedWeights(String file, String model, int channels, int scale) {
    assertThat(fitting(released(file)))
        .containsExactly(ModelGuess.of(model, new ModelTarget(channels, scale)));
  }

  @Test
  void recognisesReleasedWeightsWhoseRangeNoShapeShows() {
    assertThat(fitting(released("RFDN_AIM.pth")))
        .containsExactly(ModelGuess.of("rfdn-c50-b4-r0", new ModelTarget(3, 4), "i"));
  }

  @ParameterizedTest
  @CsvSource({"srcnn_x3.pth, srcnn-c64x32-k9x5x5", "fsrcnn_x4.pth, fsrcnn-d56-s12-m4"})
  void recognisesReleasedWeightsOfEveryScale(String file, String model) {
    assertThat(fitting(released(file))).containsExactlyElementsOf(everyScale(model));
  }

  @Test
  void recognisesTheTeacherOfEveryScale() {
    assertThat(fitting(teacher("vdsr_x234.npz")))
        .containsExactlyElementsOf(everyScale("vdsr-c64-d20"));
  }

  @Test
  void asksForTheTensorsOnlyOnce() {
    Checkpoint checkpoint = Fixtures.npz("vdsr/twtygqyy_x2_weights.npz");
    List<Checkpoint> asked = new ArrayList<>();
    List<ModelGuess> fitting =
        FittingModels.of(
            TensorShapes.of(shapes(checkpoint)),
            () -> {
              asked.add(checkpoint);
              return checkpoint.tensors();
            });
    assertThat(fitting).hasSizeGreaterThan(1);
    assertThat(asked).hasSize(1);
  }

  private static List<ModelGuess> everyScale(String model) {
    return Stream.of(1, 2, 3, 4, 8)
        .map(scale -> ModelGuess.of(model, new ModelTarget(1, scale)))
        .toList();
  }

  private static Checkpoint released(String file) {
    return Checkpoints.open(SharedData.path("weights/" + file));
  }

  private static Checkpoint teacher(String file) {
    return Checkpoints.open(SharedData.path("teachers/" + file));
  }

  private static List<ModelGuess> fitting(Checkpoint checkpoint) {
    return FittingModels.of(TensorShapes.of(shapes(checkpoint)), checkpoint::tensors);
  }

  // No family renames or folds its own tensors, so that their values do not matter.
  private static List<ModelGuess> fitting(Map<String, long[]> shapes) {
    return FittingModels.of(TensorShapes.of(shapes), Map::of);
  }

  private static Map<String, long[]> shapes(Checkpoint checkpoint) {
    Map<String, long[]> shapes = new TreeMap<>();
    checkpoint.tensors().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return shapes;
  }

  private static Map<String, long[]> shapes(String model, ModelTarget target) {
    Map<String, long[]> shapes = new TreeMap<>();
    Network.shapes(model, target).forEach((name, shape) -> shapes.put(name, shape.getShape()));
    return shapes;
  }

  private static List<ModelTarget> targets(String model) {
    List<ModelTarget> targets = new ArrayList<>();
    for (int scale : family(model).scales()) {
      targets.add(new ModelTarget(1, scale));
      targets.add(new ModelTarget(3, scale));
    }
    return targets;
  }

  private static ModelFamily family(String model) {
    return Models.registry().named(ModelName.parse(model, Models.registry()).family());
  }

  private static List<String> unseen(String family) {
    return UNSEEN.getOrDefault(family, List.of());
  }
}
