package org.distillgrid.kd.weights.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestWeightPath {
  @TempDir private Path folder;

  @Test
  void namesAFileAndWhatIsTakenOfIt() {
    WeightPath path = WeightPath.of("a/model.ckpt#ema", file -> false);
    assertThat(path.file()).isEqualTo("a/model.ckpt");
    assertThat(path.part()).contains("ema");
    assertThat(path.text()).isEqualTo("a/model.ckpt#ema");
    assertThat(WeightPath.of("model.ckpt", file -> false).part()).isEmpty();
    assertThat(WeightPath.of("#odd", file -> false).file()).isEqualTo("#odd");
  }

  @Test
  void aFileWithTheMarkInItsNameIsThatFile() throws IOException {
    Path file = Files.createFile(folder.resolve("run#3.pth"));
    assertThat(WeightPath.of(file.toString()).part()).isEmpty();
    WeightPath chosen = WeightPath.of(file + "#ema");
    assertThat(chosen.file()).isEqualTo(file.toString());
    assertThat(chosen.part()).contains("ema");
  }
}
