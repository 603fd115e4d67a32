package org.distillgrid.jobs.run.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.distillgrid.jobs.draft.SpecImages;
import org.distillgrid.jobs.plan.GridExpansion;
import org.distillgrid.jobs.plan.TrialPlan;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.SpecFolder;
import org.distillgrid.kd.train.TrainingDevice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTimeEstimate {
  private static final SpecImages IMAGES = new SpecImages(100, 20_000);
  private static final String SPEC =
      SpecFolder.LEAST.replace("edsr-c16-b4", "edsr-c4-b1")
          + """
          teacher: {model: edsr-c4-b2, train: {steps: 1000, batch: 2}}
          train: {pretrain: {steps: 1000, batch: 2}, steps: 500, batch: 2}
          """;

  @TempDir Path folder;
  private final Catalog catalog = Catalog.load();
  private StepTimes times;

  @BeforeEach
  void measure() {
    RunSpec spec = spec();
    TrainingDevice device = TrainingDevice.of(List.of(), 1);
    times = StepTimes.measure(spec, catalog, plan(spec), device, 0.1);
  }

  private RunSpec spec(String... overrides) {
    return SpecFolder.in(folder).file("teacher.pth").read(SPEC, overrides);
  }

  private TrialPlan plan(RunSpec spec) {
    return GridExpansion.expand(spec, catalog);
  }

  /** Returns what is estimated beyond what every run takes. */
  private double seconds(String... overrides) {
    RunSpec spec = spec(overrides);
    return new TimeEstimate(spec, catalog, plan(spec), IMAGES, times).seconds(1)
        - TimeEstimate.FIXED_SECONDS;
  }

  @Test
  void growsWithStepsAndShrinksWithWhatIsThere() {
    double all = seconds();
    assertThat(seconds("train.steps=100000")).isGreaterThan(5 * all);
    assertThat(seconds("teacher.weights=" + folder.resolve("teacher.pth"))).isLessThan(all);
    assertThat(seconds("teacher=null")).isLessThan(all);
  }

  @Test
  void ofATunedCellOnlyTheChosenCandidateIsTrainedAtFurtherSeeds() {
    double method =
        seconds("grid.method=[fakd]", "grid.seed=[0, 1]") - seconds("grid.method=[fakd]");
    double compared = seconds("grid.method=['fakd(weight=[0.01, 0.1, 1])']");
    double atTwo = seconds("grid.method=['fakd(weight=[0.01, 0.1, 1])']", "grid.seed=[0, 1]");
    assertThat(atTwo - compared).isCloseTo(method, within(1e-6 * method));
  }
}
