package org.distillgrid.kd.weights.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.distillgrid.kd.SharedData;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(ints = {0x0280, 0x0d80, 0x4b50})
  void takesNoLengthForAPickleOrAZip(int header) throws IOException {
    Path file = folder.resolve("weights.safetensors");
    // {"__metadata__":{"note":"…"}}
    Checkpoint written = Checkpoint.of(Map.of(), Map.of("note", "n".repeat(header - 28)));
    Safetensors.write(written, file);
    ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(content.getLong(0)).isEqualTo(header);

    assertThat(Checkpoints.open(file).metadata()).isEqualTo(written.metadata());
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
