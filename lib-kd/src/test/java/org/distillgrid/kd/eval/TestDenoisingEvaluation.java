package org.distillgrid.kd.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.SharedData;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.Denoising;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.file.Checkpoints;
import org.junit.jupiter.api.Test;

class TestDenoisingEvaluation {
  // One draw moves the mean of Set12 by 0.01 dB (our own noise gives 30.432), so that the figure
  // can only be met with the reference's noise: numpy's, image i of the set seeded with i.
  @Test
  void scoresTheReleasedDnCnnAsPublishedHere() {
    List<NamedImage> set12 =
        ImageFolder.images(SharedData.path("images/Set12"), ImageReader.bounded(10_000_000));
    try (NDManager manager = NDManager.newBaseManager();
        Network network = released(manager)) {
      Evaluator evaluator = Evaluator.of(NumpyNoise.of(25), 1);
      assertThat(ImageScore.mean(evaluator.network(network, set12)).psnr())
          .isCloseTo(30.448, within(0.0005));
    }
  }

  @Test
  void drawsTheNoiseOfTheReference() {
    Checkpoint golden = Checkpoints.open(SharedData.path("golden/dncnn_gray_s25.npz"));
    PlanarImage clean = UnitRange.image(golden.tensors().get("clean").values(), 1, 64, 64);
    UniformRandomProvider unused = Draws.of("x").at(0, "x");
    assertThat(NumpyNoise.of(25).input(clean, unused))
        .containsExactly(golden.tensors().get("input").values(), within(1e-6f));
  }

  @Test
  void scoresItAlikeWithItsOwnNoise() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = released(manager)) {
      ImageReader reader = ImageReader.bounded(10_000_000);
      PlanarImage house = reader.read(SharedData.path("images/Set12/02.png"));
      List<ImageScore> own = evaluate(new Denoising(25), network, house);
      List<ImageScore> reference = evaluate(NumpyNoise.of(25), network, house);
      assertThat(own.get(0).score().psnr())
          .isCloseTo(reference.get(0).score().psnr(), within(0.15));
      assertThat(own.get(0).score().ssim().orElseThrow())
          .isCloseTo(reference.get(0).score().ssim().orElseThrow(), within(0.005));
    }
  }

  private static List<ImageScore> evaluate(Task task, Network network, PlanarImage image) {
    return Evaluator.of(task, 1)
        .network(network, List.of(new NamedImage("Set12", "02.png", () -> image)));
  }

  private static Network released(NDManager manager) {
    Checkpoint weights = Checkpoints.open(SharedData.path("teachers/dncnn_gray_s25.npz"));
    return Network.load("dncnn", new ModelTarget(1, 1), weights, "dncnn", manager);
  }

  @Test
  void anImagesNoiseDependsOnItsNameAlone() {
    PlanarImage grey = UnitRange.image(filled(0.5f), 1, 32, 32);
    List<PlanarImage> first = seen(new NamedImage("a", "x.png", () -> grey));
    List<PlanarImage> again = seen(new NamedImage("b", "x.png", () -> grey));
    List<PlanarImage> other = seen(new NamedImage("a", "y.png", () -> grey));
    assertThat(again.get(0).samples()).containsExactly(first.get(0).samples());
    assertThat(other.get(0).samples()).isNotEqualTo(first.get(0).samples());
    assertThat(first.get(0).samples()).isNotEqualTo(grey.samples());
  }

  // What the reference of a denoising task gives back is its input.
  private static List<PlanarImage> seen(NamedImage image) {
    Task task = new Denoising(25);
    List<PlanarImage> seen = new ArrayList<>();
    Restoration noted =
        (stored, draws) -> {
          PlanarImage input = Restoration.bicubic(task).restore(stored, draws);
          seen.add(input);
          return input;
        };
    List<ImageScore> scores = Evaluator.of(task, 1).scores(noted, List.of(image), score -> {});
    assertThat(scores.get(0).score().psnr()).isCloseTo(20.17, within(0.5));
    return seen;
  }

  private static float[] filled(float value) {
    float[] values = new float[32 * 32];
    Arrays.fill(values, value);
    return values;
  }
}
