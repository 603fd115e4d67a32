package org.distillgrid.jobs.grid;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.distillgrid.jobs.journal.ImageScore;
import org.distillgrid.jobs.journal.TrialResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A grid that denoises grey images, its teacher with batch normalisation, from end to end. */
class TestDenoisingRun {
  @TempDir Path folder;

  @Test
  void trainsAndScoresStudentsOfGreyImages() throws IOException {
    try (TinyRun tiny = new TinyRun(folder)) {
      TinyRun.Outcome outcome =
          tiny.run(
              "run",
              "task={name: denoise-s50}",
              "data.channels=1",
              "teacher.model=dncnn-c4-d4-n1",
              "grid.student=[dncnn-c3-d3, dncnn-c3-d3-n1]",
              "grid.method=[logits]",
              "grid.include=[]");
      assertThat(outcome.status()).as(outcome.out() + outcome.err()).isZero();
      assertThat(outcome.out())
          .contains("Trials: 4, 0 finished before, 4 to train")
          .containsPattern("test +input +14\\.")
          .contains("teacher")
          .contains("dncnn-c3-d3-n1")
          .doesNotContain("bicubic");
      Map<String, TrialResult> results = tiny.results("run");
      assertThat(results).hasSize(4);
      List<ImageScore> scores =
          results.values().stream().map(TrialResult::scores).flatMap(Collection::stream).toList();
      assertThat(scores)
          .hasSize(8)
          .allSatisfy(
              score -> {
                assertThat(score.psnr()).isFinite();
                assertThat(score.space()).isEqualTo("rgb");
                assertThat(score.cropPixels()).isZero();
              });
    }
  }
}
