package org.distillgrid.kd.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.distillgrid.kd.SharedData;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.Score;
import org.distillgrid.kd.task.SuperResolution;
import org.distillgrid.kd.weights.file.Checkpoints;
import org.junit.jupiter.api.Test;

class TestEvaluator {
  private static final ModelTarget TWICE = new ModelTarget(3, 2);

  @Test
  void scoresTheReleasedRlfnAsPublishedHere() {
    Path weights = SharedData.path("teachers/rlfn_x2.npz");
    List<NamedImage> set5 = set("Set5");
    try (NDManager manager = NDManager.newBaseManager();
        Network network = Network.load("rlfn", TWICE, Checkpoints.open(weights), "rlfn", manager)) {
      Evaluator evaluator = Evaluator.of(new SuperResolution(2), 3);
      Score mean = ImageScore.mean(evaluator.network(network, set5));
      assertThat(mean.psnr()).isCloseTo(38.066, within(0.005));
      assertThat(mean.ssim().orElseThrow()).isCloseTo(0.9607, within(0.00005));
      Score bicubic = ImageScore.mean(evaluator.bicubic(set5));
      assertThat(bicubic.psnr()).isCloseTo(33.678, within(0.001));
      assertThat(bicubic.ssim().orElseThrow()).isCloseTo(0.9304, within(0.00005));
    }
  }

  @Test
  void refusesWhatCouldNotBeScored() {
    Evaluator evaluator = Evaluator.of(new SuperResolution(2), 3);
    int least = Network.leastSide("rlfn");
    evaluator.require(gradient(3, 31, 40), least);
    evaluator.require(gradient(3, 13, 13), Network.leastSide("rfdn-r4"));
    assertThatThrownBy(() -> evaluator.require(gradient(3, 40, 29), least))
        .isInstanceOf(GridException.class)
        .hasMessage("Cannot restore an image of 20×14 pixels: a network needs at least 15×15");
    assertThatThrownBy(() -> evaluator.require(gradient(3, 4, 40), Network.leastSide("edsr")))
        .hasMessage(
            "Cannot compare images of 4×40 pixels: nothing remains without 2 at each border");
    assertThatThrownBy(() -> evaluator.require(gradient(3, 1, 40), 1))
        .hasMessage("Cannot shrink an image of 1×40 pixels by 2");
  }

  @Test
  void leavesNoTensorBehind() {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = Network.build("edsr-c4-b2", TWICE, Draws.of("t"), manager)) {
      network.parameters().trainable();
      Evaluator evaluator = Evaluator.of(new SuperResolution(2), 3);
      List<NamedImage> images = List.of(image("gradient", gradient(3, 33, 40)));
      BaseNDManager owner = (BaseNDManager) network.parameters().flat().getManager();
      evaluator.network(network, images);
      int before = owner.getManagedArrays().size();
      int beforeAbove = ((BaseNDManager) manager).getManagedArrays().size();
      for (int i = 0; i < 20; i++) {
        evaluator.network(network, images);
      }
      assertThat(owner.getManagedArrays()).hasSize(before);
      assertThat(((BaseNDManager) manager).getManagedArrays()).hasSize(beforeAbove);
    }
  }

  @Test
  void bringsImagesToTheChannelsOfTheNetwork() {
    try (NDManager manager = NDManager.newBaseManager();
        Network grey = Network.build("edsr-c4-b1", new ModelTarget(1, 2), Draws.of("t"), manager)) {
      Evaluator evaluator = Evaluator.of(new SuperResolution(2), 1);
      List<ImageScore> scores =
          evaluator.network(grey, List.of(image("colour", gradient(3, 33, 40))));
      assertThat(scores).hasSize(1);
      assertThat(scores.get(0).score().psnr()).isFinite();
    }
  }

  @Test
  void namesTheImageThatItCannotScore() {
    Evaluator evaluator = Evaluator.of(new SuperResolution(2), 3);
    assertThatThrownBy(() -> evaluator.bicubic(List.of(image("dot", gradient(3, 4, 4)))))
        .isInstanceOf(GridException.class)
        .hasMessageStartingWith("Cannot score set/dot: Cannot compare images of 4×4 pixels");
  }

  private static NamedImage image(String name, PlanarImage image) {
    return new NamedImage("set", name, () -> image);
  }

  private static PlanarImage gradient(int channels, int height, int width) {
    byte[] samples = new byte[channels * height * width];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i * 7 % 251);
    }
    return new PlanarImage(channels, height, width, samples);
  }

  private static List<NamedImage> set(String name) {
    ImageReader reader = ImageReader.bounded(10_000_000);
    try (Stream<Path> files = Files.list(SharedData.path("images/" + name))) {
      return files
          .sorted()
          .map(file -> new NamedImage(name, file.getFileName().toString(), () -> reader.read(file)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
