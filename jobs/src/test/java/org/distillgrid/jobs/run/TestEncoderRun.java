package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.distillgrid.jobs.journal.FinishedResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A grid with a method that compares images in an encoder, which the run trains or takes. */
class TestEncoderRun {
  private static final String[] GRID = {
    "grid.bits=[fp]",
    "grid.method=[none, csd]",
    "grid.include=[]",
    "encoder.train={steps: 4, batch: 2, validateEvery: 2, checkpointEvery: 2}"
  };

  @TempDir Path folder;

  @Test
  void makesTheEncoderOnceAndKnowsItByItsWeights() throws IOException {
    try (TinyRun tiny = new TinyRun(folder)) {
      TinyRun.Outcome first = tiny.run("run", GRID);
      assertThat(first.status()).as(first.out() + first.err()).isZero();
      assertThat(first.out())
          .contains("Encoder trained: vq-w16x16x32x32x64-b1-g8-a-l32-d32-n256, 4 steps")
          .contains("Trials: 2, 0 finished before, 2 to train");
      Path weights = tiny.folder("run/encoder/weights.safetensors");
      assertThat(weights).isRegularFile();
      byte[] bytes = Files.readAllBytes(weights);

      TinyRun.Outcome second = tiny.run("run", GRID);
      assertThat(second.out())
          .contains("Encoder is there: vq-w16x16x32x32x64-b1-g8-a-l32-d32-n256, trained before")
          .contains("Trials: 2, 2 finished before, 0 to train");
      assertThat(weights).hasBinaryContent(bytes);

      TinyRun.Outcome taken =
          tiny.run(
              "run",
              "grid.bits=[fp]",
              "grid.method=[none, csd]",
              "grid.include=[]",
              "encoder.weights=" + weights,
              "output.path=" + tiny.folder("taken"));
      assertThat(taken.status()).as(taken.out() + taken.err()).isZero();
      assertThat(taken.out()).contains("Encoder taken: vq-w16x16x32x32x64");
      assertThat(hashes(tiny, "taken")).isEqualTo(hashes(tiny, "run")).hasSize(2);
    }
  }

  private static Map<String, String> hashes(TinyRun tiny, String output) throws IOException {
    return tiny.finished(output).values().stream()
        .collect(Collectors.toMap(FinishedResult::trialId, FinishedResult::weightHash));
  }
}
