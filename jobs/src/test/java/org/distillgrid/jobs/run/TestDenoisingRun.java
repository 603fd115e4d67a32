package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.ImageMetrics;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.PlanarImage;
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
              "grid.include=[{student: [dncnn-c3-d3], bits: [w4a4], method: [spark]}]");
      assertThat(outcome.status()).as(outcome.out() + outcome.err()).isZero();
      assertThat(outcome.out())
          .contains("Trials: 5, 0 finished before, 5 to train")
          .containsPattern("test +input +14\\.")
          .contains("teacher")
          .contains("dncnn-c3-d3-n1")
          .doesNotContain("bicubic");
      Map<String, FinishedResult> results = tiny.finished("run");
      assertThat(results).hasSize(5);
      List<ImageMetrics> scores =
          results.values().stream()
              .map(FinishedResult::scores)
              .flatMap(Collection::stream)
              .toList();
      assertThat(scores)
          .hasSize(10)
          .allSatisfy(
              score -> {
                assertThat(score.psnr()).isFinite();
                assertThat(score.space()).isEqualTo("rgb");
                assertThat(score.cropPixels()).isZero();
              });
      showsWhereItDistils(tiny);
      showsColourImagesInGrey(tiny);
    }
  }

  // Two validation patches, of the one trial whose method weights pixels.
  private void showsWhereItDistils(TinyRun tiny) throws IOException {
    String paths = "SELECT weights_path FROM trials WHERE method = 'spark'";
    String weights = TinyRun.execute("sql", tiny.folder("run").toString(), paths).out();
    Matcher attempt = Pattern.compile("attempts/\\S+/").matcher(weights);
    assertThat(attempt.find()).isTrue();
    Path maps = tiny.folder("run").resolve(attempt.group()).resolve("maps");
    try (Stream<Path> files = Files.walk(tiny.folder("run"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".png")))
          .containsExactlyInAnyOrder(
              maps.resolve("patch-0.png"), maps.resolve("patch-1.png"), maps.resolve("step-3.png"));
    }
    PlanarImage sheet = ImageReader.bounded(1_000_000).read(maps.resolve("patch-0.png"));
    // Input, four signals and the weights of a patch of 32×32, each pixel twice.
    assertThat(sheet.width()).isEqualTo(6 * 64 + 5 * 6);
  }

  private void showsColourImagesInGrey(TinyRun tiny) {
    Path out = folder.resolve("crops.png");
    TinyRun.Outcome outcome =
        TinyRun.execute(
            "crops",
            tiny.folder("run").toString(),
            folder.resolve("test/0.png").toString(),
            out.toString(),
            "--at=0,0",
            "--side=16",
            "--bits=fp,w4a4",
            "--student=dncnn-c3-d3",
            "--method=logits");
    assertThat(outcome.status()).as(outcome.out() + outcome.err()).isZero();
    assertThat(outcome.out()).contains("input", "fp: ", "w4a4: ", "ground truth");
    assertThat(ImageReader.bounded(1_000_000).read(out).width()).isEqualTo(4 * 48 + 3 * 6);
  }
}
