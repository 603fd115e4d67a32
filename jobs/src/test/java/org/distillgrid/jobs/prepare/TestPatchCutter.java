package org.distillgrid.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.distillgrid.jobs.TestImages;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.input.Patience;
import org.distillgrid.jobs.prepare.InputFile.Origin;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.Channels;
import org.distillgrid.kd.task.SuperResolution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPatchCutter {
  @TempDir private Path folder;

  @Test
  void givesUpAnImageThatTakesTooLong() throws IOException {
    // Large enough that its decoder is still at it when this thread, held up, comes to wait.
    Path image = TestImages.png(folder.resolve("a.png"), 2048, 2048, 1);
    InputFile file =
        new InputFile("set", "a.png", image.toString(), Files.size(image), Origin.TRAIN);
    CheckedFile checked = new CheckedFile(file, "0");
    RunFolder run = RunFolder.of(folder.resolve("out").toString(), new Configuration());

    assertThat(cutter(Patience.STANDARD).rows(run, checked, () -> {})).hasNext();
    assertThatThrownBy(() -> cutter(new Patience(Duration.ofNanos(1))).rows(run, checked, () -> {}))
        .isInstanceOf(GridException.class)
        .hasMessage("Cannot read image: not decoded within 0.0 s");
  }

  private static PatchCutter cutter(Patience patience) {
    return new PatchCutter(new SuperResolution(2), Channels.RGB, 32, 32, 10_000_000, patience);
  }
}
