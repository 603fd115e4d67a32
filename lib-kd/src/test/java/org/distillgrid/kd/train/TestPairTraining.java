package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.eval.Evaluation;
import org.distillgrid.kd.eval.FolderDegradation;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.ImageWriter;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.task.Pairs;
import org.distillgrid.kd.task.SuperResolution;
import org.distillgrid.kd.train.patches.FolderPatches;
import org.distillgrid.kd.weights.Safetensors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of small images in place of the degradation that made them. */
class TestPairTraining {
  private static final Path TARGETS = Path.of("..", "data", "sample", "test");
  private static final ImageReader READER = ImageReader.bounded(10_000_000);

  @TempDir private Path folder;
  private Path inputs;

  @BeforeEach
  void degrade() throws IOException {
    Path made = folder.resolve("made");
    new FolderDegradation(new SuperResolution(2), READER)
        .run(TARGETS, made, FolderDegradation.Existing.REFUSE);
    inputs = Files.createDirectory(folder.resolve("lr"));
    try (var files = Files.list(made)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replace(".png", "x2.png");
        Files.move(file, inputs.resolve(name));
      }
    }
  }

  @Test
  void patchesAreThoseOfTheDegradation() {
    FolderPatches expected = FolderPatches.of(TARGETS, new SuperResolution(2), 3, 48);
    FolderPatches patches = FolderPatches.ofPairs(TARGETS, inputs, new Pairs(2), 3, 48);

    assertThat(patches.size()).isEqualTo(expected.size());
    for (int i = 0; i < patches.size(); i += 7) {
      assertThat(patches.pair(i).input().samples()).isEqualTo(expected.pair(i).input().samples());
      assertThat(patches.pair(i).target().samples()).isEqualTo(expected.pair(i).target().samples());
    }
  }

  @Test
  void weightsAndScoresAreThoseOfTheDegradation() {
    TrainedTrial expected =
        builder().setTask(new SuperResolution(2)).setImages(TARGETS).build().run();
    TrainedTrial trained =
        builder().setTask(new Pairs(2)).setImages(TARGETS).optInputs(inputs).build().run();

    assertThat(trained.weightHash()).isEqualTo(expected.weightHash());
    Path weights = folder.resolve("student.safetensors");
    Safetensors.write(trained.weights(), weights);
    Evaluation.Builder scored = Evaluation.builder().setWeights(weights).setImages(TARGETS);
    Evaluation.Scores degraded = scored.setTask(new SuperResolution(2)).build().run();
    Evaluation.Scores read = scored.setTask(new Pairs(2)).optInputs(inputs).build().run();
    assertThat(read).isEqualTo(degraded);
  }

  @Test
  void inputsGoWithTheTaskThatReadsThem() {
    assertThatThrownBy(() -> builder().setTask(new Pairs(2)).setImages(TARGETS).build())
        .isInstanceOf(GridException.class)
        .hasMessageContaining("Cannot degrade images under task pairs");
    assertThatThrownBy(() -> FolderPatches.ofPairs(TARGETS, inputs, new Pairs(1), 3, 48))
        .hasMessageContaining("Cannot pair images: at scale 1 the input of a target of ");
  }

  @Test
  void anImageWithoutPartnerIsNamed() throws IOException {
    Path lone = inputs.resolve("other.png");
    ImageWriter.write(new PlanarImage(1, 1, 1, new byte[1]), lone);
    assertThatThrownBy(() -> FolderPatches.ofPairs(TARGETS, inputs, new Pairs(2), 3, 48))
        .isInstanceOf(GridException.class)
        .hasMessage("Cannot pair image: no target has its name: " + lone);
  }

  private static TrainingBuilder builder() {
    return Training.builder()
        .setStudent("edsr-c4-b1")
        .optPatch(32)
        .optBits("w4a4")
        .optSchedule(Cohorts.SHORT);
  }
}
