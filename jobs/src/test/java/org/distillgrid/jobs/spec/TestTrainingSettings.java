package org.distillgrid.jobs.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.distillgrid.kd.distill.PixelLoss;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.nn.optimizer.Optimizer;
import org.distillgrid.kd.train.Schedule;
import org.distillgrid.kd.train.recipe.Descent;
import org.distillgrid.kd.train.recipe.RateCourse;
import org.distillgrid.kd.train.recipe.Windows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a spec says what a training descends, how fast, and over which windows. */
class TestTrainingSettings {
  private static final String[] WINDOWS = {"data.crop=random", "data.patch=96", "data.window=48"};

  @TempDir Path folder;

  @Test
  void aRecipeIsWhatTheLoopTakes() {
    RunSpec spec =
        images()
            .read(
                SpecFolder.LEAST,
                "data.crop=random",
                "data.window=48",
                "train.schedule=cosine",
                "train.leastRate=1e-6",
                "train.cosineFrom=0.3",
                "train.warmUp=20",
                "train.optimizer=adamw",
                "train.betas=[0.9, 0.999]",
                "train.weightDecay=1e-4",
                "train.clip=0.01",
                "train.loss=charbonnier",
                "train.pretrain.loss=psnr",
                "train.progressive=[{from: 0, window: 32, batch: 8}, {from: 0.5, window: 96, batch:"
                    + " 1}]");

    Schedule train = spec.train().settings().over(spec.data());
    assertThat(train.course()).isEqualTo(new RateCourse(RateCourse.Shape.COSINE, 1e-6, 0.3, 20));
    assertThat(train.descent())
        .isEqualTo(
            new Descent(
                new Optimizer(Optimizer.Kind.ADAMW, 0.9, 0.999, 1e-4),
                0.01,
                PixelLoss.CHARBONNIER));
    assertThat(train.windows())
        .isEqualTo(
            new Windows(48, List.of(new Windows.Span(0, 32, 8), new Windows.Span(0.5, 96, 1))));
    Schedule pretrain = spec.train().pretrain().settings().over(spec.data());
    assertThat(pretrain.windows()).isEqualTo(Windows.of(48));
    assertThat(pretrain.descent().loss()).isEqualTo(PixelLoss.PSNR);
  }

  @Test
  void theStandardIsWhatItWas() {
    RunSpec spec = images().read(SpecFolder.LEAST);

    assertThat(spec.train().settings().over(spec.data())).isEqualTo(Schedule.ofSteps(5000));
    assertThat(images().read(SpecFolder.LEAST, "train.clip=null").train()).isEqualTo(spec.train());
  }

  @Test
  void readsBackWhatItWrites() {
    RunSpec spec =
        images()
            .read(
                SpecFolder.LEAST,
                "data.crop=random",
                "data.window=48",
                "train.schedule=cosine",
                "train.progressive=[{from: 0, window: 32, batch: 8}, {from: 0.5, window: 48, batch:"
                    + " 2}]");

    assertThat(SpecReader.effective(SpecWriter.yaml(spec), "spec.yaml")).isEqualTo(spec);
  }

  @Test
  void refusesAnOptimiserThatIsNone() {
    assertThat(refusal("train.optimizer=sgd"))
        .isEqualTo("train.optimizer: expected adam or adamw, found \"sgd\"");
    assertThat(refusal("train.betas=[0.9, 1]"))
        .isEqualTo("train.betas[1]: must be between 0 and 0.999999, found 1");
    assertThat(refusal("train.betas=0.9"))
        .isEqualTo("train.betas: must be two numbers, found [0.9]");
    assertThat(refusal("train.pretrain.weightDecay=-1"))
        .isEqualTo("train.pretrain.weightDecay: must be between 0 and 100, found -1");
    assertThat(refusal("train.clip=-0.1")).isEqualTo("train.clip: must be at least 0, found -0.1");
    assertThat(refusal("train.loss=l2"))
        .isEqualTo("train.loss: expected l1 or mse or charbonnier or psnr, found \"l2\"");
    assertThat(refusal("encoder.train.loss=mse"))
        .isEqualTo("encoder.train.loss: cannot be set: an encoder has a loss of its own");
  }

  @Test
  void refusesACourseThatCannotBe() {
    assertThat(refusal("train.schedule=linear"))
        .isEqualTo("train.schedule: expected step or cosine, found \"linear\"");
    assertThat(refusal("train.warmUp=200", "train.steps=100"))
        .isEqualTo("train.warmUp: must be shorter than steps 100, found 200");
    assertThat(refusal("train.leastRate=1e-6"))
        .isEqualTo("train.leastRate: needs schedule: cosine");
    assertThat(refusal("train.cosineFrom=0.5"))
        .isEqualTo("train.cosineFrom: needs schedule: cosine");
    assertThat(refusal("train.schedule=cosine", "train.leastRate=1e-2"))
        .isEqualTo("train.leastRate: must be no more than learningRate 1.0E-4, found 0.01");
    assertThat(refusal("teacher.model=edsr", "teacher.train.warmUp=10000"))
        .isEqualTo("teacher.train.warmUp: must be shorter than steps 10000, found 10000");
  }

  @Test
  void refusesWindowsThatDoNotFit() {
    assertThat(refusal("data.crop=random"))
        .isEqualTo("data.window: is required, as data.crop is random");
    assertThat(refusal("data.window=48")).isEqualTo("data.window: needs data.crop: random");
    assertThat(refusal("data.crop=random", "data.window=98"))
        .isEqualTo("data.window: must be no larger than data.patch 96, found 98");
    assertThat(refusal("data.crop=random", "data.window=47"))
        .isEqualTo("data.window: must be a multiple of task.scale 2, found 47");
    assertThat(refusal("data.crop=random", "data.window=30"))
        .isEqualTo("data.window: must be at least 32 at scale 2, found 30");
    assertThat(refusal("data.crop=Random"))
        .isEqualTo("data.crop: expected grid or random, found \"Random\"");
  }

  @Test
  void refusesSpansThatDoNotGoOn() {
    assertThat(refusal("train.progressive=[{from: 0, window: 48, batch: 2}]"))
        .isEqualTo("train.progressive: needs data.crop: random");
    assertThat(spans("{from: 0.1, window: 48, batch: 2}"))
        .isEqualTo("train.progressive[0].from: must be 0 for the first span, found 0.1");
    assertThat(
            spans(
                "{from: 0, window: 48, batch: 2}, {from: 0.5, window: 48, batch: 2}, {from: 0.3,"
                    + " window: 48, batch: 2}"))
        .isEqualTo("train.progressive[2].from: must be above 0.5, found 0.3");
    assertThat(spans("{from: 0, window: 100, batch: 2}"))
        .isEqualTo("train.progressive[0].window: must be no larger than data.patch 96, found 100");
    assertThat(spans("{from: 0, window: 48, batch: 0}"))
        .isEqualTo("train.progressive[0].batch: must be between 1 and 4096, found 0");
    assertThat(spans("{from: 0, windows: 48, batch: 1}"))
        .contains("train.progressive[0].windows: unknown key (did you mean window?)");
  }

  private String spans(String spans) {
    return refusal(WINDOWS[0], WINDOWS[1], WINDOWS[2], "train.progressive=[" + spans + "]");
  }

  private String refusal(String... overrides) {
    try {
      images().read(SpecFolder.LEAST, overrides);
    } catch (GridException e) {
      return e.getMessage()
          .substring(("Cannot use spec " + folder.resolve("spec.yaml") + ": ").length());
    }
    throw new AssertionError("The spec was taken");
  }

  private SpecFolder images() {
    return SpecFolder.in(folder);
  }
}
