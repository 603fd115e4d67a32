package org.distillgrid.kd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.distillgrid.kd.Fixtures;
import org.distillgrid.kd.SharedData;
import org.distillgrid.kd.weights.HostTensor;
import org.distillgrid.kd.weights.file.Checkpoints;
import org.distillgrid.kd.weights.file.TakenWeights;
import org.distillgrid.kd.weights.file.WeightPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One network in every shape that training programs give a checkpoint. */
class TestCheckpointLayouts {
  private static final ModelFit FIT = ModelFit.of("edsr-c2-b1", new ModelTarget(3, 2));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prefix_module           | took module of w",
        "prefix_compiled         | took _orig_mod of w",
        "prefix_chain            | took module._orig_mod.model.net_g of w",
        "prefix_unusual          | took my_wrapper.inner_net of w",
        "beside_adversarial      | took state_dict.net_g of w (left out: state_dict.net_d,"
            + " state_dict.perceptual, epoch)",
        "beside_lightning_ema    | took state_dict.model_ema of w (left out: state_dict.model,"
            + " global_step)",
        "beside_mmagic           | took state_dict.generator_ema of w (left out:"
            + " state_dict.data_preprocessor, state_dict.generator, state_dict.step_counter, meta)",
        "beside_ema_pytorch      | took ema_model of w (left out: initted, online_model, step)",
        "beside_latent_diffusion | took state_dict.model_ema of w (left out: state_dict.model)",
        "beside_partial_ema      | took state_dict of w (left out: ema)",
        "beside_averaged         | took module of w (left out: n_averaged)",
        "beside_critic           | took g.module of w (left out: discriminator, optim_g)",
        "beside_nested           | took state.model of w (left out: epoch)",
        "beside_list             | took 0 of w (left out: 1)",
        "beside_legacy           | took ema.shadow of w (left out: state_dict, epoch)",
        "objects_namespace       | took model of w (left out: args)",
        "objects_protocol4       | took model of w (left out: args)",
        "objects_numpy           | took state_dict of w (left out: best, curve)",
        "objects_collections     | took state_dict of w (left out: frozen, metrics, names, seen,"
            + " settings)",
        "objects_times           | took state_dict of w (left out: took, when)",
        "objects_scheduler       | took state_dict of w (left out: complex, device, dtype, size,"
            + " type)",
        "objects_module          | took net of w (left out: epoch)",
        "buffers_thop            | took the tensors of w (no weights: total_ops, total_params)",
        "buffers_thop_parallel   | took module of w (no weights: total_ops, total_params)",
        "buffers_tracked         | took the tensors of w (no weights: attn_mask,"
            + " num_batches_tracked, relative_position_index)",
      })
  void takesTheNetworkAndSaysWhatItLeft(String name, String line) {
    TakenWeights taken = take(name, "w");
    assertThat(taken.fitting()).isTrue();
    assertThat(taken.line()).contains("Weights: " + line);
    assertSame(taken.checkpoint().tensors(), Fixtures.npz("layouts/expected.npz").tensors());
  }

  @Test
  void aDictionaryOfAProgramsOwnClassIsOne() {
    TakenWeights taken = take("objects_own_dictionary", "w");
    assertThat(taken.isWhole()).isTrue();
    assertThat(taken.line()).isEmpty();
    assertSame(taken.checkpoint().tensors(), Fixtures.npz("layouts/expected.npz").tensors());
  }

  @ParameterizedTest
  @ValueSource(strings = {"norm_functions", "norm_parametrizations"})
  void foldsWeightNorm(String name) {
    Map<String, HostTensor> tensors = take(name, "w").checkpoint().tensors();
    Map<String, HostTensor> expected = Fixtures.npz("layouts/norm.npz").tensors();
    assertThat(tensors.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (key, tensor) -> {
          assertThat(tensors.get(key).shape()).as(key).isEqualTo(tensor.shape());
          for (int i = 0; i < tensor.values().length; i++) {
            assertThat(tensors.get(key).values()[i])
                .as(key)
                .isCloseTo(tensor.values()[i], within(1e-6f));
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prefix_chain",
        "prefix_unusual",
        "beside_adversarial",
        "beside_lightning_ema",
        "beside_mmagic",
        "beside_ema_pytorch",
        "beside_partial_ema",
        "beside_averaged",
        "beside_critic",
        "beside_nested",
        "objects_module"
      })
  void findsMostByTheirNamesAlone(String name) {
    TakenWeights taken = Checkpoints.take(file(name), where("w"), part -> false);
    assertThat(taken.fitting()).isFalse();
    assertSame(taken.checkpoint().tensors(), Fixtures.npz("layouts/expected.npz").tensors());
  }

  @ParameterizedTest
  @CsvSource({
    "beside_lightning_ema, model, state_dict.model",
    "beside_lightning_ema, ema, state_dict.model_ema",
    "beside_lightning_ema, state_dict, state_dict.model_ema",
    "beside_mmagic, generator, state_dict.generator",
    "beside_mmagic, state_dict.generator_ema, state_dict.generator_ema",
    "beside_ema_pytorch, online, online_model",
    "beside_legacy, shadow, ema.shadow",
    "choice_teacher, teacher, teacher",
    "choice_teacher, student, student",
  })
  void theChoiceCanBeMade(String name, String part, String taken) {
    assertThat(take(name, "w#" + part).path()).isEqualTo(taken);
  }

  @Test
  void twoThatFitAlikeAreNotChosenBetween() {
    assertThatThrownBy(() -> take("choice_teacher", "w.pth"))
        .hasMessage(
            "Cannot read w.pth: it holds several networks that fit (student, teacher); choose one,"
                + " as in w.pth#student");
    assertThatThrownBy(() -> take("choice_teacher", "w.pth#ema"))
        .hasMessage("Cannot read w.pth: it has no part ema; it holds student, teacher");
  }

  @Test
  void aMessageSaysWhatItIsAndWhatToDo() {
    ModelFit other = ModelFit.of("edsr-c2-b2", new ModelTarget(3, 2));
    TakenWeights taken = Checkpoints.take(file("beside_adversarial"), where("w.pth"), other);
    assertThatThrownBy(() -> other.require(taken))
        .hasMessage(
            "Cannot load w.pth into edsr-c2-b2 ×2: 4 tensors differ (body.1.conv1.weight is"
                + " missing; body.1.conv1.bias is missing; body.1.conv2.weight is missing; …);"
                + " taken was state_dict.net_g; its tensors are those of edsr-c2-b1 ×2 with 3 image"
                + " channels, so name that as the model; for another part write"
                + " w.pth#state_dict.net_d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"02-checkpoint-prefixes", "04-objects-beside-state-dict", "06-extra-buffers"})
  void takesTheNetworkOfEveryReportedCase(String kind) throws IOException {
    Path folder = SharedData.path("../cases/" + kind);
    ModelFit fit = ModelFit.of("edsr-c8-b2", new ModelTarget(3, 2));
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().matches(".*\\.(pth|ckpt)")).toList();
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      TakenWeights taken = Checkpoints.take(WeightPath.of(file.toString()), fit);
      assertThat(taken.fitting()).as("%s", file).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "KAIR_dncnn_color_blind.pth, dncnn-d20, 3, 1",
    "KAIR_dncnn_gray_blind.pth, dncnn-d20, 1, 1",
    "srcnn_x3.pth, srcnn, 1, 3",
    "fsrcnn_x2.pth, fsrcnn, 1, 2",
    "fsrcnn_x3.pth, fsrcnn, 1, 3",
    "fsrcnn_x4.pth, fsrcnn, 1, 4",
  })
  void namesOfOtherCodeBasesMap(String name, String model, int channels, int scale) {
    Path file = SharedData.path("weights/" + name);
    ModelFit fit = ModelFit.of(model, new ModelTarget(channels, scale));
    TakenWeights taken = Checkpoints.take(WeightPath.of(file.toString()), fit);
    assertThat(taken.fitting()).isTrue();
    assertThat(taken.isWhole()).isTrue();
  }

  private static TakenWeights take(String name, String where) {
    return Checkpoints.take(file(name), where(where), FIT);
  }

  private static WeightPath where(String written) {
    return WeightPath.of(written, name -> false);
  }

  private static byte[] file(String name) {
    String resource = "/fixtures/layouts/" + name + ".pth";
    try (InputStream stream = TestCheckpointLayouts.class.getResourceAsStream(resource)) {
      return Optional.ofNullable(stream).orElseThrow().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertSame(Map<String, HostTensor> read, Map<String, HostTensor> expected) {
    assertThat(read.keySet()).isEqualTo(new TreeMap<>(expected).keySet());
    expected.forEach(
        (name, tensor) -> {
          assertThat(read.get(name).shape()).as(name).isEqualTo(tensor.shape());
          assertThat(read.get(name).values()).as(name).isEqualTo(tensor.values());
        });
  }
}
