package org.distillgrid.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.Circumstances;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.FinishedTrial;
import org.distillgrid.jobs.journal.ImageMetrics;
import org.distillgrid.jobs.journal.Standing;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.plan.GridExpansion;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.plan.TunedCell;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.SpecFolder;
import org.distillgrid.jobs.worker.AttemptFolder;
import org.distillgrid.kd.train.CurvePoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which candidate is chosen. */
class TestCellChoice {
  @TempDir Path folder;
  private TunedCell cell;
  private final Map<Trial, CellChoice.Ended> endings = new HashMap<>();

  @BeforeEach
  void plan() {
    cell =
        GridExpansion.expand(
                SpecFolder.in(folder)
                    .read(
                        SpecFolder.LEAST + "teacher: {model: edsr}\n",
                        "grid.method=['fakd(weight=[0.004, 0.04, 0.4]) as tuned']",
                        "grid.seed=[0, 1, 2]",
                        "grid.tune.seeds=[0, 1]"),
                Catalog.load())
            .tuned()
            .get(0);
  }

  private void ended(int candidate, long seed, OptionalDouble psnr) {
    Trial trial = cell.candidates().get(candidate).trials().get(seed);
    endings.put(trial, new CellChoice.Ended(psnr));
  }

  private void ended(int candidate, double first, double second) {
    ended(candidate, 0, OptionalDouble.of(first));
    ended(candidate, 1, OptionalDouble.of(second));
  }

  private CellChoice choice() {
    return CellChoice.of(cell, trial -> Optional.ofNullable(endings.get(trial)));
  }

  @Test
  void theBestMeanOverTheSeedsIsChosen() {
    ended(0, 30, 31);
    ended(1, 32, 30);
    ended(2, 30.5, 30.5);

    assertThat(choice().options()).isEqualTo("weight=0.04");
    assertThat(choice().isAtEdge()).isFalse();
    assertThat(choice().scores())
        .extracting(score -> score.mean().orElseThrow())
        .containsExactly(30.5, 31.0, 30.5);
    assertThat(choice().added())
        .extracting(Trial::name)
        .containsExactly("edsr-c16-b4 fp fp fakd(weight=0.04) seed 2");
    assertThat(choice().text())
        .isEqualTo(
            "Chosen for tuned of edsr-c16-b4 fp fp: weight=0.04 (weight=0.004 30.500 dB;"
                + " weight=0.04 31.000 dB; weight=0.4 30.500 dB)");
  }

  @Test
  void ofEqualsTheFirstNamedIsChosen() {
    ended(0, 30, 31);
    ended(1, 30, 31);
    ended(2, 31, 30);

    assertThat(choice().options()).isEqualTo("weight=0.004");
    assertThat(choice().isAtEdge()).isTrue();
    assertThat(EdgeLine.of(List.of(choice())))
        .contains(
            "At the edge of its list, which a longer one may beat: tuned of edsr-c16-b4 fp fp"
                + " (weight=0.004)");
  }

  @Test
  void oneThatFailedAtASeedIsLeftOut() {
    ended(0, 30, 31);
    ended(1, 0, OptionalDouble.of(40));
    ended(1, 1, OptionalDouble.empty());
    ended(2, 30, 30);

    assertThat(choice().options()).isEqualTo("weight=0.004");
    assertThat(choice().text()).contains("weight=0.04 failed, left out");
  }

  @Test
  void nothingIsChosenBeforeAllHaveEnded() {
    ended(0, 30, 31);
    ended(1, 30, 31);
    ended(2, 0, OptionalDouble.of(30));

    assertThat(choice().chosen()).isEmpty();
    assertThat(choice().isFailed()).isFalse();
    assertThat(choice().added()).isEmpty();
    assertThat(choice().scores().get(2).finished()).isEqualTo(1);
  }

  @Test
  void whereAllFailNothingIsChosen() {
    for (int candidate = 0; candidate < 3; candidate++) {
      ended(candidate, 0, OptionalDouble.empty());
      ended(candidate, 1, OptionalDouble.empty());
    }

    assertThat(choice().isFailed()).isTrue();
    assertThat(choice().added()).isEmpty();
    assertThat(choice().text())
        .isEqualTo(
            "Cannot choose tuned of edsr-c16-b4 fp fp: all 3 candidates failed, so none is trained"
                + " at other seeds");
  }

  @Test
  void theLastValidationCountsAndNoTestSetDoes() {
    RunFolder run = RunFolder.of(folder.resolve("run").toString(), new Configuration());
    Map<String, Standing> standings = new HashMap<>();
    // The better on held-out patches at the end, the worse on the test set and before.
    double[] validation = {30, 32, 31};
    double[] test = {40, 20, 30};
    for (int i = 0; i < validation.length; i++) {
      for (long seed : cell.tuneSeeds()) {
        Trial trial = cell.candidates().get(i).trials().get(seed);
        FinishedResult result = result(trial.name(), validation[i], test[i]);
        new AttemptFolder(run.attempts(trial.name()), "a1").writeResult(result);
        standings.put(trial.name(), FinishedTrial.of(result, 1, 1));
      }
    }
    Tuning tuning = new Tuning(run, List.of(cell), Trial::name);

    assertThat(tuning.choices(standings::get))
        .singleElement()
        .returns("weight=0.04", CellChoice::options);
  }

  private static FinishedResult result(String id, double validation, double test) {
    return new FinishedResult(
        new Circumstances(
            id, "a1", 6, "cpu", "s", 1, "", new TrialResult.Versions("1", "2", "17"), "2026"),
        1,
        1,
        1,
        1L,
        1L,
        "ff",
        "w",
        "p",
        "",
        null,
        List.of(new ImageMetrics("test", "0.png", test, 1.0, null, "y", 2)),
        List.of(
            new CurvePoint(3, "validation_psnr", 60 - validation),
            new CurvePoint(6, "loss/total", test),
            new CurvePoint(6, "validation_psnr", validation)));
  }
}
