package org.distillgrid.kd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.distillgrid.kd.Fixtures;
import org.distillgrid.kd.SharedData;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.distillgrid.kd.weights.file.Checkpoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestDnCnn {
  private static Network build(String model, int channels, NDManager manager) {
    return Network.build(model, new ModelTarget(channels, 1), Draws.of("t"), manager);
  }

  // Batch normalisation has two learned numbers a channel and no others that count.
  @ParameterizedTest
  @CsvSource({
    "dncnn, 1, 555137, 15",
    "dncnn-d20, 3, 668227, 18",
    "dncnn-d20, 1, 665921, 18",
    "dncnn-n1, 1, 557057, 15"
  })
  void hasAsManyParametersAsTheReleasedOnes(
      String model, int channels, long parameters, int segments) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build(model, channels, manager)) {
      assertThat(network.parameters().learnedElements()).isEqualTo(parameters);
      assertThat(network.architecture().segments()).isEqualTo(segments);
    }
  }

  @ParameterizedTest
  @CsvSource({"dncnn, 1, 510669619200", "dncnn-n1, 1, 510669619200", "dncnn-d20, 3, 614714572800"})
  void multipliesAsOftenAsItsLayersSay(String model, int channels, long macs) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build(model, channels, manager)) {
      assertThat(NetworkCost.of(network, 720, 1280).macs()).isEqualTo(macs);
    }
  }

  @Test
  void namesItsParametersAsKairDoes() {
    try (NDManager manager = NDManager.newBaseManager();
        Network plain = build("dncnn-c2-d4", 1, manager);
        Network normalised = build("dncnn-c2-d4-n1", 1, manager)) {
      assertThat(names(plain))
          .containsExactly(
              "model.0.weight",
              "model.0.bias",
              "model.2.weight",
              "model.2.bias",
              "model.4.weight",
              "model.4.bias",
              "model.6.weight",
              "model.6.bias");
      assertThat(names(normalised))
          .contains("model.2.bias", "model.3.running_var", "model.6.weight", "model.8.bias")
          .hasSize(4 * 2 + 2 * 4);
    }
  }

  private static List<String> names(Network network) {
    return network.parameters().all().stream().map(Parameter::name).toList();
  }

  @Test
  void restoresImagesOfAnySize() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("dncnn-c2-d3-n1", 3, manager)) {
      for (Shape shape : List.of(new Shape(1, 3, 1, 1), new Shape(2, 3, 5, 8))) {
        assertThat(network.forward(manager.ones(shape)).getShape()).isEqualTo(shape);
      }
    }
  }

  @Test
  void subtractsWhatItEstimates() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("dncnn-c2-d3", 1, manager)) {
      network.parameters().overwrite(network.parameters().flat().mul(0));
      NDArray input = manager.create(new float[] {-0.5f, 0.25f, 1.5f, 0}, new Shape(1, 1, 2, 2));
      assertThat(network.forward(input).toFloatArray()).containsExactly(input.toFloatArray());
    }
  }

  @Test
  void foldsItsOwnCheckpoints() {
    try (NDManager manager = NDManager.newBaseManager();
        Network normalised = build("dncnn-c3-d4-n1", 1, manager)) {
      for (Parameter parameter : normalised.parameters().all()) {
        if (parameter.name().contains("running")) {
          parameter.assign(manager.create(new float[] {0.3f, 0.05f, 0.9f}));
        }
      }
      Checkpoint checkpoint = normalised.checkpoint();
      NDArray input = manager.arange(0f, 1f, 1 / 36f).reshape(1, 1, 6, 6);
      float[] wanted = normalised.forward(input).toFloatArray();
      try (Network folded =
          Network.load("dncnn-c3-d4", new ModelTarget(1, 1), checkpoint, "x", manager)) {
        assertThat(folded.forward(input).toFloatArray()).containsExactly(wanted, within(1e-5f));
        assertThatThrownBy(
                () ->
                    Network.load(
                        "dncnn-c3-d4-n1", new ModelTarget(1, 1), folded.checkpoint(), "x", manager))
            .isInstanceOf(GridException.class)
            .hasMessage(
                "Cannot load x into dncnn-c3-d4-n1 ×1: 8 tensors differ (model.3.weight is"
                    + " missing; model.3.bias is missing; model.3.running_mean is missing; …)");
      }
    }
  }

  @Test
  void refusesWeightsOfAnotherDepthOrWidth() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("dncnn-c2-d4", 1, manager)) {
      Map<String, HostTensor> tensors = network.parameters().export();
      assertThatThrownBy(() -> load("dncnn-c2-d3", tensors, manager))
          .hasMessage(
              "Cannot load x into dncnn-c2-d3 ×1: 4 tensors differ (model.4.weight has shape (2, 2,"
                  + " 3, 3), not (1, 2, 3, 3); model.4.bias has shape (2), not (1); layer 4.bias has"
                  + " no place in the network; …)");
      assertThatThrownBy(() -> load("dncnn-c3-d4", tensors, manager))
          .hasMessageStartingWith("Cannot load x into dncnn-c3-d4 ×1: 7 tensors differ");
    }
  }

  @Test
  void refusesTensorsThatAreNoLayers() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = build("dncnn-c2-d4-n1", 1, manager)) {
      Map<String, HostTensor> tensors = new TreeMap<>(network.parameters().export());
      tensors.put("model.3.running_var", new HostTensor(new long[] {1}, new float[1]));
      assertThatThrownBy(() -> load("dncnn-c2-d4-n1", tensors, manager))
          .hasMessageContaining("1 tensors differ (model.3.running_var has shape (1), not (2))");
      tensors.put("model.0.weight", new HostTensor(new long[] {0, 1, 3, 3}, new float[0]));
      assertThatThrownBy(() -> load("dncnn-c2-d4-n1", tensors, manager))
          .hasMessageContaining("(model.0.weight has shape (0, 1, 3, 3), not (2, 1, 3, 3);");
    }
  }

  private static void load(String model, Map<String, HostTensor> tensors, NDManager manager) {
    Checkpoint checkpoint = Checkpoint.of(tensors, Map.of());
    Network.load(model, new ModelTarget(1, 1), checkpoint, "x", manager).close();
  }

  @Test
  void isFoundInItsCheckpoints() {
    assertThat(fitting(Fixtures.npz("dncnn/kair_weights.npz")))
        .containsExactly(ModelGuess.of("dncnn-c6-d5", new ModelTarget(3, 1)));
    for (String codeBase : List.of("kair_norm", "cszn", "saoyan")) {
      assertThat(fitting(Fixtures.npz("dncnn/" + codeBase + "_weights.npz")))
          .containsExactly(
              ModelGuess.of("dncnn-c6-d5-n1", new ModelTarget(1, 1)),
              ModelGuess.of("dncnn-c6-d5", new ModelTarget(1, 1)));
    }
    // VDSR counts its convolutions too, but they have no biases.
    assertThat(fitting(Fixtures.npz("vdsr/vdsr_x2_weights.npz")))
        .noneMatch(guess -> guess.model().startsWith("dncnn"));
  }

  private static List<ModelGuess> fitting(Checkpoint checkpoint) {
    Map<String, long[]> shapes = new TreeMap<>();
    checkpoint.tensors().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return FittingModels.of(TensorShapes.of(shapes), checkpoint::tensors);
  }

  @Test
  void computesWhatTheReleasedOneDoes() {
    Checkpoint golden = Checkpoints.open(SharedData.path("golden/dncnn_gray_s25.npz"));
    HostTensor input = golden.tensors().get("input");
    try (NDManager manager = NDManager.newBaseManager();
        Network network = released("dncnn_gray_s25.npz", "dncnn", 1, manager)) {
      NDArray image = manager.create(input.values(), new Shape(input.shape()));
      assertThat(network.forward(image).toFloatArray())
          .containsExactly(golden.tensors().get("output").values(), within(1e-5f));
    }
  }

  @Test
  void takesTheReleasedOneForColourImages() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = released("cdncnn_color_s25.npz", "dncnn-d20", 3, manager)) {
      NDArray grey = manager.full(new Shape(1, 3, 40, 40), 0.5f);
      float[] restored = network.forward(grey).toFloatArray();
      // A flat image without noise stays what it is, up to what it lacks beyond its borders.
      assertThat(restored[20 * 40 + 20]).isCloseTo(0.5f, within(0.02f));
    }
  }

  private static Network released(String file, String model, int channels, NDManager manager) {
    Checkpoint weights = Checkpoints.open(SharedData.path("teachers/" + file));
    return Network.load(model, new ModelTarget(channels, 1), weights, file, manager);
  }
}
