package org.distillgrid.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.distillgrid.kd.SharedData;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.distillgrid.kd.weights.Safetensors;
import org.distillgrid.kd.weights.WeightHash;
import org.distillgrid.kd.weights.file.Checkpoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TestWeightCommands {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void inspectsWhatNoModelFits() {
    Path file = folder.resolve("w.safetensors");
    Map<String, HostTensor> tensors =
        Map.of(
            "odd.weight", new HostTensor(new long[] {2, 3}, new float[6]),
            "n", new HostTensor(new long[0], new float[1]));
    Safetensors.write(Checkpoint.of(tensors, Map.of("model", "odd")), file);
    assertThat(run("inspect", file.toString())).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString().lines().map(String::stripTrailing))
        .containsExactly(
            "format    safetensors",
            "metadata  model = odd",
            "",
            "tensor      shape                type               bytes",
            "n           scalar               float32                4",
            "odd.weight  2×3                  float32               24",
            "",
            "total     2 tensors, 7 numbers, 28 bytes",
            "fits      none of the models that distill-grid list students shows");
  }

  @Test
  void inspectsTheAuthorsFiles() {
    assertThat(run("inspect", SharedData.path("teachers/rlfn_x2.pth").toString())).isZero();
    assertThat(out.toString().lines())
        .contains("format    PyTorch zip archive")
        .anyMatch(line -> line.matches("conv_1.weight +52×3×3×3 +float32 +5,616"))
        .contains("total     114 tensors, 526,856 numbers, 2,107,424 bytes")
        .contains("fits      rlfn-c52 ×2, 3 image channels");
    assertThat(run("inspect", SharedData.path("teachers/imdn_x2.pth").toString())).isZero();
    assertThat(out.toString().lines())
        .contains("format    PyTorch legacy stream")
        .contains("note      module. is left out before every name");
  }

  @Test
  void convertsToWhatPyTorchReadsAndBack() {
    Path source = SharedData.path("teachers/rlfn_x2.npz");
    Path torch = folder.resolve("rlfn.pth");
    Path back = folder.resolve("rlfn.safetensors");
    assertThat(run("convert", source.toString(), torch.toString())).isZero();
    assertThat(run("convert", torch.toString(), back.toString())).isZero();
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(torch + ": 114 tensors\n" + back + ": 114 tensors\n");
    assertThat(WeightHash.of(Checkpoints.open(back).tensors()))
        .isEqualTo(WeightHash.of(Checkpoints.open(source).tensors()));
  }

  @Test
  void inspectSaysWhichNetworkAFileHoldsAndWhatIsBeside() throws IOException {
    Path file = layout("beside_mmagic");
    assertThat(run("inspect", file.toString())).isZero();
    assertThat(out.toString().lines())
        .contains("note      the state dict is state_dict")
        .contains("note      generator_ema. is left out before every name")
        .contains(
            "note      left out: state_dict.data_preprocessor (a tensor), state_dict.generator (12"
                + " tensors), state_dict.step_counter (a tensor), meta (a dictionary of 1)")
        .contains(
            "fits      edsr-c2-b1 ×2, 3 image channels; shapes do not show m, r: set as in its"
                + " training");
  }

  @Test
  void convertsTheChosenNetworkUnderItsOwnNames() throws IOException {
    Path file = layout("beside_mmagic");
    Path clean = folder.resolve("clean.safetensors");
    assertThat(run("convert", file.toString(), clean.toString())).isZero();
    assertThat(err.toString())
        .startsWith("Weights: took state_dict.generator_ema of beside_mmagic.pth (left out: ");
    float averaged = Safetensors.read(clean).tensors().get("conv_first.bias").values()[0];
    assertThat(run("convert", file + "#generator", clean.toString())).isZero();
    float last = Safetensors.read(clean).tensors().get("conv_first.bias").values()[0];
    assertThat(last).isEqualTo(averaged + 1);
  }

  @Test
  void convertLeavesOutWhatIsNoWeight() throws IOException {
    Path clean = folder.resolve("clean.pth");
    assertThat(run("convert", layout("buffers_thop_parallel").toString(), clean.toString()))
        .isZero();
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "Weights: took module of buffers_thop_parallel.pth (no weights: total_ops,"
                + " total_params)\n");
    assertThat(Checkpoints.open(clean).tensors()).hasSize(12).containsKey("upsample.0.weight");
  }

  private Path layout(String name) throws IOException {
    Path file = folder.resolve(name + ".pth");
    String resource = "/fixtures/layouts/" + name + ".pth";
    try (InputStream stream = TestWeightCommands.class.getResourceAsStream(resource)) {
      Files.copy(stream, file);
    }
    return file;
  }

  @Test
  void refusesWhatItCannotReadOrWrite() throws IOException {
    Path text = Files.writeString(folder.resolve("w.pth"), "hello, world");
    assertThat(run("inspect", text.toString())).isEqualTo(3);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "error: Cannot read "
                + text
                + ": its format is unknown; supported are .safetensors, .pth, .pt and .npz\n");
    assertThat(run("convert", text.toString(), "w.npz")).isEqualTo(2);
    assertThat(err.toString())
        .endsWith("error: Cannot convert to w.npz: writable are .safetensors, .pth and .pt\n");
  }

  private int run(String... arguments) {
    CommandLine command = DistillGrid.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
