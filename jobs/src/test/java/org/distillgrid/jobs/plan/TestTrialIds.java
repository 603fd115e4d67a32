package org.distillgrid.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.SpecFolder;
import org.distillgrid.kd.perceptual.EncoderShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pins ids: a run that was begun before goes on only while they stay what they are. */
class TestTrialIds {
  private static final ContentKeys KEYS = new ContentKeys("da7a", "7eac4e5", "e4c0de5");

  @TempDir Path folder;

  @Test
  void aTrialKeepsItsId() {
    TrialPlan plan = GridExpansion.expand(spec(), Catalog.load());

    assertThat(plan.trials())
        .extracting(trial -> trial.name() + " " + trial.id(KEYS))
        .containsExactly(
            "edsr-b4-c16 fp fp none seed 0 b5f193fbee0edf04",
            "edsr-b4-c16 fp fp logits(weight=2) seed 0 cebb650abd12684b",
            "edsr-b4-c16 fp fp csd(weight=200)+logits seed 0 ba255a7b70deb32e",
            "edsr-b4-c16 w4a4 lsq none seed 0 0e23eb7c43ff31c2",
            "edsr-b4-c16 w4a4 lsq logits(weight=2) seed 0 3c12832c4bca550b",
            "edsr-b4-c16 w4a4 lsq csd(weight=200)+logits seed 0 fa2632e80015f6f5",
            "edsr-b4-c16 w4a4 minmax-head-tail none seed 0 4e2b96a8f0efbee4",
            "rlfn fp fp none seed 0 20ad715adcf30671",
            "rlfn fp fp csd(weight=200)+logits seed 0 7a1afa15d7dcecdc",
            "rlfn w4a4 lsq none seed 0 235b2e44ca712b3e",
            "rlfn w4a4 lsq csd(weight=200)+logits seed 0 7b95b2bc037440f6");
  }

  @Test
  void aMethodWhoseMeaningHasChangedHasAnotherId() {
    RunSpec spec =
        SpecFolder.in(folder)
            .read(
                SpecFolder.LEAST,
                "teacher={model: edsr, predict: batch}",
                "grid.method=[csd, csd(weight=200), spark, 'spark(loss=l1,map=normal,"
                    + "normalise=mean,policy=wide,reward=psnr,warmup=0.1)']");
    List<Trial> trials = GridExpansion.expand(spec, Catalog.load()).trials();

    assertThat(trials).hasSize(4).extracting(trial -> trial.id(KEYS)).doesNotHaveDuplicates();
    // What the first version gave csd and spark.
    assertThat(trials.get(1).id(KEYS)).isEqualTo("cea5ac184496b8c2");
    assertThat(trials.get(3).id(KEYS)).isEqualTo("11c240817457a60c");
  }

  @Test
  void theIdsOfAPlanAreThoseOfItsTrials() {
    List<Trial> trials = GridExpansion.expand(spec(), Catalog.load()).trials();
    TrialIds ids = TrialIds.of(trials, KEYS);

    assertThat(trials).allMatch(trial -> ids.id(trial).equals(trial.id(KEYS)));
  }

  @Test
  void aSharedStudentKeepsItsId() {
    TrialPlan plan = GridExpansion.expand(spec(), Catalog.load());

    assertThat(plan.pretrained())
        .extracting(key -> key.id(KEYS))
        .containsExactly("c9457b680ed0fb76", "0fd5621e99e4bc1b");
  }

  @Test
  void anEncoderKeepsItsId() {
    EncoderKey key =
        new EncoderKey(
            EncoderShape.small().canonical(),
            0,
            spec().encoder().train().settings().over(spec().data()),
            16,
            1);

    assertThat(key.id("da7a")).isEqualTo("6584683a085ca9db");
  }

  private RunSpec spec() {
    return SpecFolder.in(folder)
        .read(
            SpecFolder.LEAST,
            "teacher={model: edsr, predict: batch}",
            "train.steps=7",
            "train.pretrain.learningRate=2e-4",
            "grid.student=[edsr-b4-c16, rlfn]",
            "grid.bits=[fp, w4a4]",
            "grid.quantizer=[lsq, minmax-tail-head]",
            "grid.method=[none, 'logits(weight=2) as heavy', csd(weight=200)+logits]",
            "grid.exclude=[{student: rlfn, method: heavy},"
                + " {student: rlfn, quantizer: minmax-tail-head}]");
  }
}
