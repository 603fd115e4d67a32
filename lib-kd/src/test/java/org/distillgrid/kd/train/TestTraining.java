package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.distillgrid.kd.eval.Evaluation;
import org.distillgrid.kd.eval.ImageScore;
import org.distillgrid.kd.export.Export;
import org.distillgrid.kd.export.OnnxFile;
import org.distillgrid.kd.task.SuperResolution;
import org.distillgrid.kd.train.patches.FolderPatches;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTraining {
  private static final Path TEST = Path.of("..", "data", "sample", "test");

  @TempDir Path folder;

  @Test
  void givesTheWeightsThatACohortGives() {
    TrialSetup trial = Cohorts.trial("w4a4", "lsq", "spark");
    CohortSetup cohort = Cohorts.of(Cohorts.SHORT, Cohorts.teacher("edsr-c8-b2"), trial);
    TrainedTrial expected = Cohorts.run(cohort, Map.of()).finished.get(trial.id());
    List<Long> steps = new ArrayList<>();

    TrainedTrial trained =
        Training.builder()
            .setStudent("edsr-c4-b1")
            .setTask(new SuperResolution(2))
            .setPatches(cohort.training())
            .optTeacher("edsr-c8-b2", teacher())
            .optBits("w4a4")
            .optMethod("spark")
            .optSchedule(Cohorts.SHORT)
            .optCalibrationBatches(2)
            .optValidation(cohort.validation())
            .optSeed(7)
            .optId(trial.id())
            .optListener((step, all) -> steps.add(step))
            .build()
            .run();

    assertThat(trained.weightHash()).isEqualTo(expected.weightHash());
    assertThat(trained.curve()).isEqualTo(expected.curve());
    assertThat(trained.packed()).isEqualTo(expected.packed());
    assertThat(steps).hasSize(12).endsWith(12L);
  }

  @Test
  void trainsOnAFolderAndIsScoredAndExported() throws IOException {
    Path weights = folder.resolve("student.safetensors");
    TrainedTrial trained =
        Training.builder()
            .setStudent("edsr-c4-b1")
            .setTask(new SuperResolution(2))
            .setImages(TEST)
            .optPatch(32)
            .optBits("w4a4")
            .optSchedule(Cohorts.SHORT)
            .build()
            .run();
    Safetensors.write(trained.weights(), weights);
    List<ImageScore> told = new ArrayList<>();

    Evaluation.Scores scores =
        Evaluation.builder()
            .setWeights(weights)
            .setTask(new SuperResolution(2))
            .setImages(TEST)
            .optListener(told::add)
            .build()
            .run();
    Export export = Export.builder().setWeights(weights).setScale(2).build();
    OnnxFile onnx = export.onnx();

    assertThat(trained.steps()).isEqualTo(12);
    assertThat(scores.images()).isEqualTo(told).hasSize(4);
    assertThat(scores.mean()).isEqualTo(ImageScore.mean(told));
    assertThat(scores.mean().psnr()).isBetween(4.0, 20.0);
    assertThat(onnx.size()).isEmpty();
    assertThat(export.packed().bytes()).isEqualTo(trained.packed());
    Files.write(folder.resolve("packed.safetensors"), trained.packed());
    assertThat(
            Evaluation.builder()
                .setWeights(folder.resolve("packed.safetensors"))
                .setTask(new SuperResolution(2))
                .setImages(TEST)
                .build()
                .run()
                .mean()
                .psnr())
        .isCloseTo(scores.mean().psnr(), within(1e-3));
  }

  @Test
  void saysWhichTrainingFailedAndWhy() {
    Training training =
        Training.builder()
            .setStudent("edsr-c4-b1")
            .setTask(new SuperResolution(2))
            .setPatches(Cohorts.patches(2, "training"))
            .optMethod("csd")
            .build();

    assertThatThrownBy(training::run)
        .hasMessage(
            "Cannot train edsr-c4-b1 fp fp csd seed 0: Cannot use method csd: it compares images in"
                + " an encoder, and the cohort has none");
  }

  @Test
  void aTooSmallImageIsNamed() {
    assertThatThrownBy(() -> FolderPatches.of(TEST, new SuperResolution(2), 3, 4096))
        .hasMessageContaining("astronaut.png: Cannot cut image")
        .hasMessageContaining("are smaller than a patch of 4096");
    assertThatThrownBy(() -> FolderPatches.of(TEST, new SuperResolution(2), 3, 95))
        .hasMessage("Cannot cut patches: the side must be a multiple of scale 2, found 95");
  }

  private static Checkpoint teacher() {
    return Cohorts.teacher("edsr-c8-b2").orElseThrow().weights();
  }
}
