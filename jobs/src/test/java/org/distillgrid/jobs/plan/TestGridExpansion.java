package org.distillgrid.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.SpecFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestGridExpansion {
  @TempDir Path folder;

  @Test
  void multipliesTheAxesInTheirOrder() {
    TrialPlan plan =
        plan("grid.bits=[w4a4, w2a2]", "grid.method=[none, logits]", "grid.seed=[1, 0]");

    assertThat(names(plan))
        .containsExactly(
            "edsr-c16-b4 w4a4 lsq none seed 1",
            "edsr-c16-b4 w4a4 lsq none seed 0",
            "edsr-c16-b4 w4a4 lsq logits seed 1",
            "edsr-c16-b4 w4a4 lsq logits seed 0",
            "edsr-c16-b4 w2a2 lsq none seed 1",
            "edsr-c16-b4 w2a2 lsq none seed 0",
            "edsr-c16-b4 w2a2 lsq logits seed 1",
            "edsr-c16-b4 w2a2 lsq logits seed 0");
    assertThat(plan.seeds()).containsExactly(0L, 1L);
    assertThat(plan.pretrained()).hasSize(2);
    assertThat(plan).extracting(TrialPlan::cells, TrialPlan::merged).containsExactly(8, 0);
  }

  @Test
  void mergesCellsThatGiveTheSameNumbers() {
    TrialPlan plan =
        plan("grid.bits=[fp, w4a4]", "grid.quantizer=[lsq, minmax]", "grid.method=[none, logits]");

    assertThat(names(plan))
        .containsExactly(
            "edsr-c16-b4 fp fp none seed 0",
            "edsr-c16-b4 fp fp logits seed 0",
            "edsr-c16-b4 w4a4 lsq none seed 0",
            "edsr-c16-b4 w4a4 lsq logits seed 0",
            "edsr-c16-b4 w4a4 minmax none seed 0");
    assertThat(plan).extracting(TrialPlan::cells, TrialPlan::merged).containsExactly(8, 3);
  }

  @Test
  void anOptionSetToItsStandardMakesNoOtherTrial() {
    TrialPlan plain = plan("grid.bits=[w4a4]", "grid.quantizer=[pams-head]");
    TrialPlan set =
        plan("grid.bits=[w4a4]", "grid.quantizer=[pams(rate=1e-2)-head, pams(rate=0.02)-head]");

    assertThat(names(set))
        .containsExactly(
            "edsr-c16-b4 w4a4 pams-head none seed 0",
            "edsr-c16-b4 w4a4 pams(rate=0.02)-head none seed 0");
    assertThat(set.trials().get(0)).isEqualTo(plain.trials().get(0));
  }

  @Test
  void includesBesideTheProductAndExcludesAfterwards() {
    TrialPlan plan =
        plan(
            "grid.bits=[fp, w4a4]",
            "grid.method=[none, logits]",
            "grid.include=[{bits: [w4a4, w8a8], quantizer: minmax}]",
            "grid.exclude=[{bits: fp, method: logits}]");

    assertThat(names(plan))
        .containsExactly(
            "edsr-c16-b4 fp fp none seed 0",
            "edsr-c16-b4 w4a4 lsq none seed 0",
            "edsr-c16-b4 w4a4 lsq logits seed 0",
            "edsr-c16-b4 w4a4 minmax none seed 0",
            "edsr-c16-b4 w8a8 minmax none seed 0");
    assertThat(plan)
        .extracting(TrialPlan::cells, TrialPlan::merged, TrialPlan::excluded)
        .containsExactly(8, 2, 1);
  }

  @Test
  void labelsStandForTheirMethods() {
    String ema = "spark(reward=ema)";
    TrialPlan plan =
        plan(
            "grid.method=[none, spark, '" + ema + " as cheap']",
            "grid.include=[{bits: w4a4, method: [cheap, fitnet as hints]}]",
            "grid.exclude=[{method: spark(grid=8)}, {bits: fp, method: cheap}]");

    assertThat(names(plan))
        .containsExactly(
            "edsr-c16-b4 fp fp none seed 0",
            "edsr-c16-b4 w4a4 lsq " + ema + " seed 0",
            "edsr-c16-b4 w4a4 lsq fitnet seed 0");
    assertThat(plan.trials()).extracting(Trial::label).containsExactly("none", "cheap", "hints");
    assertThat(plan("grid.method=" + ema).trials().get(0))
        .returns(ema, Trial::label)
        .returns(idOf(plan("grid.method=" + ema + " as cheap")), TestGridExpansion::id);
  }

  private static String idOf(TrialPlan plan) {
    return id(plan.trials().get(0));
  }

  private static String id(Trial trial) {
    return trial.id(new ContentKeys("data", "teacher", "encoder"));
  }

  @Test
  void knowsAStudentUnderAnySpelling() {
    TrialPlan plan = plan("grid.include=[{student: edsr-b4-c16}]");

    assertThat(names(plan)).containsExactly("edsr-c16-b4 fp fp none seed 0");
    assertThat(plan.merged()).isEqualTo(1);
  }

  private TrialPlan plan(String... overrides) {
    RunSpec spec =
        SpecFolder.in(folder).read(SpecFolder.LEAST + "teacher: {model: edsr}\n", overrides);
    return GridExpansion.expand(spec, Catalog.load());
  }

  private static List<String> names(TrialPlan plan) {
    return plan.trials().stream().map(Trial::name).toList();
  }
}
