package org.distillgrid.kd.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPredictionShard {
  private static final PredictionSize SIZE = new PredictionSize(3, 4, 4);
  private static final ShardHeader HEADER = new ShardHeader("c0ffee", 6, 3, SIZE);

  @TempDir Path folder;

  private static float sample(int patch, int turn, int index) {
    return (patch * 8 + turn) / 100f + index / 1e4f;
  }

  private static byte[] bytes(ShardHeader header) {
    ShardWriter writer = new ShardWriter(header);
    for (int patch = header.first(); patch < header.first() + header.patches(); patch++) {
      for (int turn = 0; turn < 8; turn++) {
        float[] samples = new float[5 + header.size().samples()];
        for (int i = 0; i < header.size().samples(); i++) {
          samples[5 + i] = sample(patch, turn, i);
        }
        writer.put(patch, turn, samples, 5);
      }
    }
    return writer.bytes();
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(folder.resolve("shard"), content);
  }

  private static void refused(byte[] content, String why) {
    assertThatThrownBy(() -> PredictionShard.of(content, HEADER, "s3"))
        .isInstanceOf(GridException.class)
        .hasMessage("Cannot use predictions s3: " + why);
  }

  @Test
  void givesBackWhatWasPutIntoIt() throws IOException {
    byte[] content = bytes(HEADER);
    assertThat(content).hasSize((int) HEADER.fileBytes()).hasSize(128 + 3 * 8 * 48 * 2 + 32);
    PredictionShard shard = PredictionShard.map(file(content), HEADER);
    assertThat(shard.checksum())
        .isEqualTo(PredictionShard.of(content, HEADER, "s3").checksum())
        .hasSize(64);
    for (int patch = 6; patch < 9; patch++) {
      for (int turn = 0; turn < 8; turn++) {
        float[] read = new float[2 + SIZE.samples()];
        shard.read(patch, turn, read, 2);
        for (int i = 0; i < SIZE.samples(); i++) {
          assertThat(read[2 + i]).isCloseTo(sample(patch, turn, i), within(1.16e-5f));
        }
      }
    }
  }

  @Test
  void refusesEveryFileThatIsCut() {
    byte[] content = bytes(HEADER);
    for (int length = 0; length < content.length; length += 7) {
      byte[] cut = Arrays.copyOf(content, length);
      assertThatThrownBy(() -> PredictionShard.of(cut, HEADER, "s3"))
          .hasMessageStartingWith("Cannot use predictions s3: ")
          .hasMessageMatching("[^\\n]*(cut short|\\d+ bytes instead of 2464).*");
    }
    refused(Arrays.copyOf(content, 100), "cut short, 100 bytes");
    refused(Arrays.copyOf(content, 2000), "2000 bytes instead of 2464");
    refused(Arrays.copyOf(content, 3000), "3000 bytes instead of 2464");
  }

  @Test
  void refusesEveryFlippedBit() {
    byte[] content = bytes(HEADER);
    Random random = new Random(5);
    for (int at = 0; at < content.length; at++) {
      byte[] flipped = content.clone();
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(() -> PredictionShard.of(flipped, HEADER, "s3"))
          .as("byte %d", at)
          .isInstanceOf(GridException.class)
          .hasMessageStartingWith("Cannot use predictions s3: ");
    }
  }

  @Test
  void saysWhatElseAFileIs() {
    byte[] content = bytes(HEADER);
    content[content.length / 2] ^= 1;
    refused(content, "damaged, its checksum differs");
    refused(new byte[3000], "no file of predictions");
    refused(bytes(new ShardHeader("0ff", 6, 3, SIZE)), "of another teacher, task or patches");
    for (ShardHeader other :
        List.of(
            new ShardHeader("c0ffee", 3, 3, SIZE),
            new ShardHeader("c0ffee", 6, 2, SIZE),
            new ShardHeader("c0ffee", 6, 3, new PredictionSize(1, 4, 12)))) {
      refused(bytes(other), "of other patches or another size");
    }
    byte[] later = bytes(HEADER);
    ByteBuffer.wrap(later).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 2);
    refused(later, "format 2 instead of 1");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> PredictionShard.map(missing, HEADER))
        .isInstanceOf(GridException.class)
        .hasMessageStartingWith("Cannot use predictions " + missing);
  }
}
