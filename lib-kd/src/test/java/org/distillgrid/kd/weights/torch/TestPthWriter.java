package org.distillgrid.kd.weights.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.distillgrid.kd.weights.Npz;
import org.distillgrid.kd.weights.Safetensors;
import org.distillgrid.kd.weights.file.Checkpoints;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPthWriter {
  private static final int SKIPPED = 77;
  private static final Checkpoint CHECKPOINT =
      Checkpoint.of(
          Map.of(
              "body.0.weight",
                  new HostTensor(new long[] {2, 3}, new float[] {0, -1, 2.5f, 1e-40f, 3e38f, -0f}),
              "scalar", new HostTensor(new long[] {}, new float[] {7}),
              "ünï", new HostTensor(new long[] {300, 100}, ramp(30_000)),
              "empty", new HostTensor(new long[] {0, 4}, new float[] {})),
          Map.of("model", "edsr-c4", "note", "ä \" ×"));

  @TempDir private Path folder;

  @Test
  void readsWhatItWrote() {
    Path file = folder.resolve("w.pth");
    Pth.write(CHECKPOINT, file);
    Checkpoint read = Checkpoints.open(file);
    assertThat(read.metadata()).isEqualTo(CHECKPOINT.metadata());
    assertSame(read.tensors(), CHECKPOINT.tensors());
    assertThat(folder.toFile().list()).containsExactly("w.pth");
  }

  @Test
  void theSameCheckpointGivesTheSameBytes() {
    assertThat(Pth.bytes(CHECKPOINT)).isEqualTo(Pth.bytes(CHECKPOINT));
  }

  @Test
  void storagesStartWherePyTorchCanMapThem() {
    byte[] file = Pth.bytes(Checkpoint.of(Map.of("w", marked(), "v", marked()), Map.of()));
    int found = 0;
    for (int at = 0; at + 4 <= file.length; at++) {
      if (file[at] == 1 && file[at + 1] == 2 && file[at + 2] == 3 && file[at + 3] == 4) {
        assertThat(at % 64).isZero();
        found++;
      }
    }
    assertThat(found).isEqualTo(2);
  }

  @Test
  void pyTorchReadsIt() throws Exception {
    Path file = folder.resolve("w.pth");
    Pth.write(CHECKPOINT, file);
    assertThat(python(file))
        .isEqualTo("{\"model\": \"edsr-c4\", \"note\": \"\\u00e4 \\\" \\u00d7\"}\n");
    assertSame(Npz.read(folder.resolve("read.npz")).tensors(), CHECKPOINT.tensors());
  }

  @Test
  void pythonReadsSafetensors() throws Exception {
    Path file = folder.resolve("w.safetensors");
    Safetensors.write(CHECKPOINT, file);
    assertThat(python(file)).isEmpty();
    assertSame(Npz.read(folder.resolve("read.npz")).tensors(), CHECKPOINT.tensors());
  }

  @Test
  void leavesNothingBehindWhenItCannotWrite() throws IOException {
    Path blocked = Files.createDirectories(folder.resolve("w.pth/full"));
    Path file = blocked.getParent();
    assertThatThrownBy(() -> Pth.write(CHECKPOINT, file))
        .isInstanceOf(GridException.class)
        .hasMessageStartingWith("Cannot write " + file);
    assertThat(folder.toFile().list()).containsExactly("w.pth");
  }

  /** Lets Python open a file, and returns what it printed; skips where there is no PyTorch. */
  private String python(Path file) throws IOException, InterruptedException {
    Path python = Path.of("/usr/bin/python3");
    Assumptions.assumeTrue(Files.isExecutable(python), "Skipped: no " + python);
    Path script = folder.resolve("load.py");
    Files.write(script, PthFixtures.file("load.py"));
    Path printed = folder.resolve("printed.txt");
    Process process =
        new ProcessBuilder(
                python.toString(),
                script.toString(),
                file.toString(),
                folder.resolve("read.npz").toString())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    int status = process.waitFor();
    Assumptions.assumeTrue(status != SKIPPED, "Skipped: " + Files.readString(printed));
    assertThat(status).as(Files.readString(printed)).isZero();
    return Files.readString(printed);
  }

  private static HostTensor marked() {
    // Its bytes are 1, 2, 3, 4.
    return new HostTensor(new long[] {1}, new float[] {Float.intBitsToFloat(0x04030201)});
  }

  private static float[] ramp(int count) {
    float[] ramp = new float[count];
    for (int i = 0; i < count; i++) {
      ramp[i] = i / 7f;
    }
    return ramp;
  }

  private static void assertSame(
      Map<String, HostTensor> read, SortedMap<String, HostTensor> expected) {
    assertThat(read.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, tensor) -> {
          assertThat(read.get(name).shape()).as(name).isEqualTo(tensor.shape());
          assertThat(read.get(name).values()).as(name).isEqualTo(tensor.values());
        });
  }
}
