package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.ImageMetrics;
import org.distillgrid.kd.perceptual.lpips.Backbone;
import org.distillgrid.kd.perceptual.lpips.DrawnWeights;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A grid whose sets are judged otherwise than its task says, with and without LPIPS. */
class TestJudgedRun {
  private static final List<String> GRID =
      List.of(
          "task={name: denoise-s50}",
          "teacher=null",
          "grid.student=[dncnn-c3-d3]",
          "grid.bits=[fp]",
          "grid.include=[]",
          "evaluate.sets[0].space=y",
          "evaluate.sets[0].crop=4");

  @TempDir Path folder;

  private Path squeeze;
  private Path linear;

  @Test
  void judgesEachSetAsItSaysAndMeasuresLpips() throws IOException {
    write();
    try (TinyRun tiny = new TinyRun(folder)) {
      TinyRun.Outcome first = run(tiny, "run", lpips("squeeze", squeeze));
      assertThat(first.status()).as(first.out() + first.err()).isZero();
      assertThat(first.out())
          .contains("LPIPS taken: squeeze of " + squeeze + ", " + linear)
          .containsPattern("SSIM +LPIPS +vs teacher")
          .containsPattern("test +input +1\\d\\.\\d{3} +0\\.\\d{4} +\\d\\.\\d{4}\\n");
      assertThat(scores(tiny))
          .hasSize(2)
          .allSatisfy(
              score -> {
                assertThat(score.space()).isEqualTo("y");
                assertThat(score.cropPixels()).isEqualTo(4);
                assertThat(score.lpips()).isPositive();
              });
      FinishedResult result = tiny.finished("run").values().iterator().next();
      assertThat(result.lpips().backbone()).isEqualTo("squeeze");
      showsItInTables(tiny, result.lpips().hash());
      goesOnWithItsOwnCopy(tiny);
      refusesAnother(tiny);
    }
  }

  private void showsItInTables(TinyRun tiny, String hash) {
    assertThat(sql(tiny, "SELECT lpips_backbone, lpips_hash FROM trials"))
        .contains("squeeze", hash);
    assertThat(sql(tiny, "SELECT count(lpips), count(*) AS c FROM metrics WHERE space = 'y'"))
        .containsPattern("4 .*4");
    assertThat(sql(tiny, "SELECT count(lpips_mean) AS c, n FROM summary GROUP BY n"))
        .containsPattern("1 .*1");
    TinyRun.Outcome compared =
        TinyRun.execute("compare", tiny.folder("run").toString(), "--metric=lpips");
    assertThat(compared.status()).as(compared.err()).isZero();
  }

  private void goesOnWithItsOwnCopy(TinyRun tiny) throws IOException {
    TinyRun.Outcome second = run(tiny, "run", lpips("squeeze", folder.resolve("gone.pth")));
    assertThat(second.status()).as(second.out() + second.err()).isZero();
    assertThat(second.out())
        .contains(
            "LPIPS by the run's own copy of squeeze: there is no file "
                + folder.resolve("gone.pth"),
            "Trials: 1, 1 finished before, 0 to train");
  }

  private void refusesAnother(TinyRun tiny) throws IOException {
    Path other = folder.resolve("other.safetensors");
    Checkpoint drawn = DrawnWeights.features(Backbone.SQUEEZE).checkpoint();
    drawn.tensors().get("features.0.bias").values()[0] += 1;
    Files.write(other, Safetensors.bytes(drawn));
    TinyRun.Outcome third = run(tiny, "run", lpips("squeeze", other));
    assertThat(third.status()).isEqualTo(2);
    assertThat(third.err())
        .contains("error: Cannot measure LPIPS with squeeze of " + other + ", " + linear)
        .contains(": this run has squeeze of " + squeeze);
  }

  @Test
  void goesWithoutLpipsWhereItsFileIsMissingAndTakesItLater() throws IOException {
    write();
    try (TinyRun tiny = new TinyRun(folder)) {
      Path gone = folder.resolve("gone.pth");
      TinyRun.Outcome wrong = run(tiny, "run", lpips("alex", squeeze));
      assertThat(wrong.status()).isEqualTo(3);
      assertThat(wrong.err())
          .contains(
              "error: Cannot load "
                  + squeeze
                  + " as the backbone of LPIPS alex: it holds the"
                  + " backbone of squeeze");
      assertThat(tiny.folder("run/attempts")).doesNotExist();

      TinyRun.Outcome without = run(tiny, "run", lpips("squeeze", gone));
      assertThat(without.status()).as(without.out() + without.err()).isZero();
      assertThat(without.out())
          .containsOnlyOnce("LPIPS is left out, its column null: there is no file " + gone)
          .doesNotContain("SSIM   LPIPS");
      assertThat(scores(tiny)).extracting(ImageMetrics::lpips).containsOnlyNulls();
      TinyRun.Outcome compared =
          TinyRun.execute("compare", tiny.folder("run").toString(), "--metric=lpips");
      assertThat(compared.err())
          .contains("error: Cannot compare by lpips: no image of the run has it");

      // What is scored from now on has it: the references at once, and later trials.
      TinyRun.Outcome later = run(tiny, "run", lpips("squeeze", squeeze), "grid.seed=[0, 1]");
      assertThat(later.status()).as(later.out() + later.err()).isZero();
      assertThat(later.out()).contains("Trials: 2, 1 finished before, 1 to train");
      assertThat(sql(tiny, "SELECT trial_id FROM metrics WHERE lpips IS NULL")).contains("2 rows");
      assertThat(sql(tiny, "SELECT count(lpips) AS c FROM metrics WHERE trial_id = 'input'"))
          .contains("2");
      assertThat(sql(tiny, "SELECT count(lpips_mean) AS c FROM summary WHERE lpips_std IS NULL"))
          .contains("1");
    }
  }

  private void write() throws IOException {
    squeeze = folder.resolve("squeeze.safetensors");
    linear = folder.resolve("lin.safetensors");
    Files.write(squeeze, Safetensors.bytes(DrawnWeights.features(Backbone.SQUEEZE).checkpoint()));
    Files.write(linear, Safetensors.bytes(DrawnWeights.linear(Backbone.SQUEEZE).checkpoint()));
  }

  private String lpips(String backbone, Path features) {
    return "evaluate.lpips={backbone: %s, features: %s, linear: %s}"
        .formatted(backbone, features, linear);
  }

  private static TinyRun.Outcome run(TinyRun tiny, String command, String... more)
      throws IOException {
    List<String> all = new ArrayList<>(GRID);
    all.addAll(List.of(more));
    return tiny.run(command, all.toArray(String[]::new));
  }

  private static String sql(TinyRun tiny, String query) {
    return TinyRun.execute("sql", tiny.folder("run").toString(), query).out();
  }

  private static List<ImageMetrics> scores(TinyRun tiny) throws IOException {
    return tiny.finished("run").values().stream()
        .map(FinishedResult::scores)
        .flatMap(Collection::stream)
        .toList();
  }
}
