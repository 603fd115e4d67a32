package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.ImageMetrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grids whose inputs are compressed, blurred, rained on: from end to end. */
class TestSyntheticTasksRun {
  @TempDir Path folder;

  private TinyRun.Outcome run(TinyRun tiny, String task, int channels, String output)
      throws IOException {
    return tiny.run(
        "run",
        "task={name: '" + task + "'}",
        "data.channels=" + channels,
        "teacher.model=dncnn-c4-d4",
        "grid.student=dncnn-c3-d3",
        "grid.bits=w4a4",
        "grid.method=logits",
        "grid.include=[]",
        "output.path=" + folder.resolve(output));
  }

  @Test
  void jpegIsCompressedOnceAndItsTeacherAskedOnce() throws IOException {
    try (TinyRun tiny = new TinyRun(folder)) {
      TinyRun.Outcome outcome = run(tiny, "jpeg-q10", 1, "jpeg");
      assertThat(outcome.status()).as(outcome.out() + outcome.err()).isZero();
      assertThat(outcome.out()).contains("Predicted: ").containsPattern("test +input +31\\.");
      judged(tiny, "jpeg", "y");
      String patches = "SELECT count(*) FROM patches WHERE lr = hr";
      String same = TinyRun.execute("sql", "--csv", tiny.folder("jpeg").toString(), patches).out();
      assertThat(same).endsWith("\n0\n");
    }
  }

  @Test
  void aSumIsBlurredOnceAndItsNoiseDrawnAtEachStep() throws IOException {
    try (TinyRun tiny = new TinyRun(folder)) {
      TinyRun.Outcome outcome = run(tiny, "blur-g1.2+denoise-s5", 3, "sum");
      assertThat(outcome.status()).as(outcome.out() + outcome.err()).isZero();
      assertThat(outcome.out()).doesNotContain("Predicted: ");
      judged(tiny, "sum", "rgb");
      String task = "SELECT DISTINCT task, scale FROM trials";
      String named = TinyRun.execute("sql", "--csv", tiny.folder("sum").toString(), task).out();
      assertThat(named).endsWith("blur-g1.2+denoise-s5,1\n");
    }
  }

  private static void judged(TinyRun tiny, String output, String space) throws IOException {
    List<ImageMetrics> scores =
        tiny.finished(output).values().stream()
            .map(FinishedResult::scores)
            .flatMap(List::stream)
            .toList();
    assertThat(scores)
        .hasSize(2)
        .allSatisfy(
            score -> {
              assertThat(score.psnr()).isFinite();
              assertThat(score.space()).isEqualTo(space);
              assertThat(score.cropPixels()).isZero();
            });
  }
}
