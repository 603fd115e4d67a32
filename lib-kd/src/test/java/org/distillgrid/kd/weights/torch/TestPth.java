package org.distillgrid.kd.weights.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.Fixtures;
import org.distillgrid.kd.SharedData;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.distillgrid.kd.weights.file.Checkpoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestPth {
  @ParameterizedTest
  @ValueSource(
      strings = {"bare", "parallel", "basicsr", "nested", "training", "shared", "strided", "types"})
  void readsWhatPyTorchSaved(String name) {
    SortedMap<String, HostTensor> expected = expected(name);
    assertThat(expected).isNotEmpty();
    for (String format : new String[] {"_zip.pth", "_legacy.pth"}) {
      Checkpoint read = Checkpoints.read(PthFixtures.file(name + format), name);
      assertSame(read.tensors(), expected);
    }
  }

  @Test
  void readsANewerPickleProtocol() {
    Checkpoint read = Pth.read(PthFixtures.file("protocol4_zip.pth"), "w.pth");
    assertSame(read.tensors(), expected("bare"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"module_zip.pth", "module_legacy.pth"})
  void readsTheParametersOfWholeModules(String file) {
    Checkpoint read = Checkpoints.read(PthFixtures.file(file), "w.pth");
    assertThat(read.tensors()).containsOnlyKeys("weight");
    assertThat(read.tensors().get("weight").values()).containsExactly(1, 1);
  }

  @Test
  void refusesPrograms() {
    assertThatThrownBy(() -> Pth.read(PthFixtures.file("script_zip.pth"), "w.pth"))
        .hasMessage(
            "Cannot read w.pth: it is a TorchScript program, not a state dict;"
                + " save model.state_dict() instead");
  }

  @Test
  void readsTheAuthorsWholeModule() {
    Checkpoint read = Checkpoints.open(SharedData.path("teachers/vdsr_whole_module.pth"));
    assertThat(read.tensors())
        .hasSize(20)
        .containsKeys("input.weight", "residual_layer.17.conv.weight", "output.weight");
    assertThat(read.tensors().get("residual_layer.0.conv.weight").values())
        .isEqualTo(
            Checkpoints.open(SharedData.path("teachers/vdsr_x234.npz"))
                .tensors()
                .get("conv01.weight")
                .values());
  }

  @ParameterizedTest
  @CsvSource({"rlfn_x2, 114, 526856", "rlfn_x4, 114, 543740"})
  void readsTheAuthorsArchives(String name, int count, int elements) {
    Checkpoint read = Checkpoints.open(SharedData.path("teachers/" + name + ".pth"));
    assertThat(read.tensors()).hasSize(count);
    assertThat(elements(read)).isEqualTo(elements);
  }

  @Test
  void readsTheSameAsNumPy() {
    assertSame(
        Checkpoints.open(SharedData.path("teachers/rlfn_x2.pth")).tensors(),
        Checkpoints.open(SharedData.path("teachers/rlfn_x2.npz")).tensors());
  }

  @Test
  void readsTheSameAsNumPyUnderOtherNames() {
    Map<String, HostTensor> renamed = new TreeMap<>();
    Checkpoints.open(SharedData.path("teachers/dncnn_gray_s25.npz"))
        .tensors()
        .forEach(
            (name, tensor) -> {
              // conv07.weight there is model.14.weight here: every other layer is a ReLU.
              int layer = Integer.parseInt(name.substring(4, 6));
              renamed.put("model." + 2 * layer + name.substring(6), tensor);
            });
    assertSame(Checkpoints.open(SharedData.path("teachers/dncnn_gray_s25.pth")).tensors(), renamed);
  }

  @Test
  void readsTheAuthorsParallelModel() {
    Checkpoint read = Checkpoints.open(SharedData.path("teachers/imdn_x2.pth"));
    assertThat(read.tensors()).containsKeys("fea_conv.weight", "fea_conv.bias");
    assertThat(elements(read)).isEqualTo(694_404);
  }

  private static long elements(Checkpoint checkpoint) {
    return checkpoint.tensors().values().stream().mapToLong(t -> t.values().length).sum();
  }

  private static SortedMap<String, HostTensor> expected(String file) {
    SortedMap<String, HostTensor> expected = new TreeMap<>();
    Fixtures.npz("pth/values.npz")
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(file + "/")) {
                expected.put(name.substring(file.length() + 1), tensor);
              }
            });
    return expected;
  }

  private static void assertSame(Map<String, HostTensor> read, Map<String, HostTensor> expected) {
    assertThat(read.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, tensor) -> {
          assertThat(read.get(name).shape()).as(name).isEqualTo(tensor.shape());
          assertThat(read.get(name).values()).as(name).isEqualTo(tensor.values());
        });
  }
}
