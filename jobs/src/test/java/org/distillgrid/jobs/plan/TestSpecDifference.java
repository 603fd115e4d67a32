package org.distillgrid.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.SpecFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSpecDifference {
  private static final Catalog CATALOG = Catalog.load();

  @TempDir Path folder;

  @Test
  void namesWhatDecidesNumbers() {
    SpecFolder images = SpecFolder.in(folder);
    RunSpec old = images.read(SpecFolder.LEAST, "teacher.model=edsr");
    RunSpec current =
        images.read(
            SpecFolder.LEAST,
            "teacher.model=edsr",
            "teacher.weights=" + folder.resolve("test/b.png"),
            "grid.bits=[w8a8, w4a4]",
            "grid.exclude=[{bits: w4a4, seed: 0}]",
            "train.steps=9",
            "cluster.threads=2");

    assertThat(SpecDifference.between(old, current, CATALOG))
        .containsExactly(
            "teacher.weights: null → " + folder.resolve("test/b.png"),
            "grid.bits: [fp] → [w8a8, w4a4]",
            "grid.exclude: [] → [{bits: [w4a4], seed: [0]}]",
            "train.steps: 5000 → 9",
            "cluster.threads: 1 → 2");
  }

  @Test
  void namesATeacherThatWasNotThere() {
    SpecFolder images = SpecFolder.in(folder);

    assertThat(
            SpecDifference.between(
                images.read(SpecFolder.LEAST),
                images.read(SpecFolder.LEAST, "teacher.model=edsr"),
                CATALOG))
        .singleElement()
        .asString()
        .startsWith("teacher: null → {model: edsr, weights: null, train: {steps: 10000, ");
  }

  @Test
  void letsLabelsPass() {
    SpecFolder images = SpecFolder.in(folder);
    String teacher = "teacher.model=edsr";
    RunSpec old = images.read(SpecFolder.LEAST, teacher, "grid.method=[none, spark]");
    RunSpec labelled =
        images.read(SpecFolder.LEAST, teacher, "grid.method=[none as base, spark as rl]");
    RunSpec grown = images.read(SpecFolder.LEAST, teacher, "grid.method=[none, at, spark as rl]");
    RunSpec other = images.read(SpecFolder.LEAST, teacher, "grid.method=[none, at as rl]");

    assertThat(SpecDifference.between(old, labelled, CATALOG)).isEmpty();
    assertThat(SpecDifference.between(labelled, old, CATALOG)).isEmpty();
    assertThat(SpecDifference.between(labelled, grown, CATALOG)).isEmpty();
    assertThat(SpecDifference.between(old, other, CATALOG))
        .containsExactly("grid.method: [none, spark] → [none, at]");
  }

  @Test
  void letsPassWhatDoesNot() {
    SpecFolder images = SpecFolder.in(folder);

    assertThat(
            SpecDifference.between(
                images.read(SpecFolder.LEAST),
                images.read(
                    SpecFolder.LEAST,
                    "cluster.cohort=3",
                    "cluster.startupDeadlineSeconds=5",
                    "train.checkpointEvery=7",
                    "train.pretrain.checkpointEvery=7",
                    "evaluate.memory=512",
                    "evaluate.onBadImage=skip",
                    "evaluate.lpips={backbone: vgg, features: vgg.pth, linear: lin.pth}",
                    "output.path=elsewhere"),
                CATALOG))
        .isEmpty();
  }

  @Test
  void namesAnotherJudgement() {
    SpecFolder images = SpecFolder.in(folder);
    RunSpec old = images.read(SpecFolder.LEAST);
    RunSpec asTheTaskSays =
        images.read(SpecFolder.LEAST, "evaluate.sets[0].space=y", "evaluate.sets[0].crop=2");
    RunSpec other =
        images.read(SpecFolder.LEAST, "evaluate.sets[0].space=rgb", "evaluate.sets[0].crop=2");

    assertThat(SpecDifference.between(old, asTheTaskSays, CATALOG)).isEmpty();
    assertThat(SpecDifference.between(other, asTheTaskSays, CATALOG))
        .singleElement()
        .asString()
        .endsWith("test, space: rgb}] → [{name: five, path: " + folder.resolve("test") + "}]");
  }

  @Test
  void letsAGridGrowAndNotShrink() {
    SpecFolder images = SpecFolder.in(folder);
    RunSpec small = images.read(SpecFolder.LEAST, "grid.bits=[fp, w4a4]");
    RunSpec large = images.read(SpecFolder.LEAST, "grid.bits=[w4a4, w2a2, fp]", "grid.seed=[0, 1]");
    RunSpec included =
        images.read(SpecFolder.LEAST, "grid.bits=[fp]", "grid.include=[{bits: w4a4}]");

    assertThat(SpecDifference.between(small, large, CATALOG)).isEmpty();
    assertThat(SpecDifference.between(small, included, CATALOG)).isEmpty();
    assertThat(SpecDifference.between(large, small, CATALOG))
        .containsExactly("grid.bits: [w4a4, w2a2, fp] → [fp, w4a4]", "grid.seed: [0, 1] → [0]");
  }

  @Test
  void letsTheEncoderDifferUntilATrialHasReadIt() {
    SpecFolder images = SpecFolder.in(folder);
    String teacher = "teacher.model=edsr";
    String more = "encoder.train.steps=9";
    RunSpec plain = images.read(SpecFolder.LEAST, teacher);
    RunSpec reading = images.read(SpecFolder.LEAST, teacher, "grid.method=[none, csd]");
    RunSpec other = images.read(SpecFolder.LEAST, teacher, "grid.method=[none, csd]", more);

    assertThat(SpecDifference.between(plain, other, CATALOG)).isEmpty();
    assertThat(SpecDifference.between(reading, other, CATALOG))
        .containsExactly("encoder.train.steps: 2000 → 9");
  }

  @Test
  void letsTheTeacherBePredictedOtherwiseUntilATrialWas() {
    SpecFolder images = SpecFolder.in(folder);
    String batch = "teacher={model: edsr, predict: batch}";
    String once = "teacher={model: edsr, cache: {path: /elsewhere, mostGiB: 3}}";
    String taught = "grid.method=[none, logits]";
    RunSpec reading = images.read(SpecFolder.LEAST, once, taught);
    RunSpec running = images.read(SpecFolder.LEAST, batch, taught);
    RunSpec features = images.read(SpecFolder.LEAST, once, "grid.method=[none, at, mipkd]");

    assertThat(
            SpecDifference.between(
                images.read(SpecFolder.LEAST, "teacher.model=edsr", taught), reading, CATALOG))
        .isEmpty();
    assertThat(SpecDifference.between(reading, running, CATALOG))
        .containsExactly("teacher.predict: once → batch");
    assertThat(SpecDifference.between(running, reading, CATALOG)).isEmpty();
    assertThat(
            SpecDifference.between(
                features,
                images.read(SpecFolder.LEAST, batch, "grid.method=[none, at, mipkd]"),
                CATALOG))
        .isEmpty();
  }

  @Test
  void takesAPathForTheSameHoweverItIsSpelled() throws IOException {
    SpecFolder images = SpecFolder.in(folder).file("more/c.png").file("teacher.npz");
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("train"));
    String sets = "evaluate.sets=[{name: five, path: " + folder + "/test}]";
    RunSpec old =
        images.read(
            SpecFolder.LEAST,
            sets,
            "teacher={model: edsr, weights: " + folder + "/teacher.npz#ema}",
            "data.train=[" + folder + "/train, " + folder + "/more/*.png]");
    RunSpec current =
        images.read(
            SpecFolder.LEAST,
            sets,
            "evaluate.sets[0].path=" + folder + "/more/../test/",
            "teacher={model: edsr, weights: " + folder + "/./teacher.npz#ema}",
            "data.train=[" + folder.resolve("link").toUri() + ", " + folder + "//more/*.png]");
    RunSpec other = images.read(SpecFolder.LEAST, sets, "data.train=" + folder + "/more");

    assertThat(current).isNotEqualTo(old);
    assertThat(SpecDifference.between(old, current, CATALOG)).isEmpty();
    assertThat(SpecDifference.between(old, other, CATALOG))
        .contains("data.train: [%1$s/train, %1$s/more/*.png] → [%1$s/more]".formatted(folder));
  }
}
