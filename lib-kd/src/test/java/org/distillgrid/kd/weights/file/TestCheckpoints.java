package org.distillgrid.kd.weights.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.distillgrid.kd.SharedData;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCheckpoints {
  @TempDir private Path folder;

  @Test
  void looksAtTheContentNotAtTheName() {
    Path misnamed = folder.resolve("weights.npz");
    Safetensors.write(Checkpoint.of(Map.of(), Map.of("model", "m")), misnamed);
    assertThat(Checkpoints.open(misnamed).metadata()).containsEntry("model", "m");
    Path teacher = SharedData.path("teachers/rlfn_x2.npz");
    assertThat(Checkpoints.open(teacher).tensors()).hasSize(114);
  }

  @Test
  void namesWhatIsSupported() throws IOException {
    Path text = Files.writeString(folder.resolve("w.txt"), "hello, world");
    assertThatThrownBy(() -> Checkpoints.open(text))
        .isInstanceOf(GridException.class)
        .hasMessage(
            "Cannot read "
                + text
                + ": its format is unknown; supported are .safetensors, .pth, .pt and .npz");
    Path empty = Files.createFile(folder.resolve("empty.npz"));
    assertThatThrownBy(() -> Checkpoints.open(empty))
        .hasMessage("Cannot read " + empty + ": it is empty");
    assertThatThrownBy(() -> Checkpoints.open(folder))
        .hasMessage("Cannot read " + folder + ": it is a folder, not a weight file");
    Path absent = folder.resolve("absent.npz");
    assertThatThrownBy(() -> Checkpoints.open(absent))
        .hasMessage("Cannot read " + absent + ": no such file or folder");
  }
}
