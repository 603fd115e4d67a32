package org.distillgrid.kd.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.distillgrid.kd.SharedData;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.perceptual.lpips.Backbone;
import org.distillgrid.kd.perceptual.lpips.DrawnWeights;
import org.distillgrid.kd.perceptual.lpips.Lpips;
import org.distillgrid.kd.perceptual.lpips.LpipsFiles;
import org.distillgrid.kd.task.Judgement;
import org.distillgrid.kd.task.Judgement.ColorSpace;
import org.distillgrid.kd.task.Score;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestJudge {
  private static final Judgement LUMA = new Judgement(ColorSpace.Y, 2);
  private static final MemoryBound LITTLE = MemoryBound.mebibytes(1);

  @TempDir Path folder;

  @Test
  void measuresLpipsOfTheWholeImageBesideTheRest() {
    PlanarImage truth = image(3, 40, 44, 1);
    PlanarImage restored = image(3, 40, 44, 2);
    try (LpipsMetric metric = metric(MemoryBound.STANDARD);
        NDManager manager = NDManager.newBaseManager();
        Lpips lpips =
            Lpips.load(
                Backbone.SQUEEZE,
                DrawnWeights.features(Backbone.SQUEEZE),
                DrawnWeights.linear(Backbone.SQUEEZE),
                manager)) {
      Score score = Judge.by(LUMA, metric).score(truth, restored);

      assertThat(score.lpips().orElseThrow())
          .isPositive()
          .isEqualTo(lpips.distance(truth, restored));
      assertThat(score.withLpips(OptionalDouble.empty()))
          .isEqualTo(Judge.by(LUMA).score(truth, restored));
      assertThat(Judge.by(LUMA, metric).score(truth, truth).lpips().orElseThrow()).isZero();
    }
  }

  @Test
  void hasNoLpipsOfImagesTooSmallOrTooLarge() {
    try (LpipsMetric metric = metric(LITTLE)) {
      Judge judge = Judge.by(LUMA, metric);
      assertThat(judge.score(image(1, 16, 40, 1), image(1, 16, 40, 2)).lpips()).isEmpty();
      assertThat(judge.score(image(1, 17, 40, 1), image(1, 17, 40, 2)).lpips()).isPresent();
      int side = (int) Math.sqrt((double) LITTLE.bytes() / Backbone.SQUEEZE.bytesPerPixel());
      assertThat(judge.score(image(1, side, side, 1), image(1, side, side, 2)).lpips()).isPresent();
      assertThat(judge.score(image(1, side, side + 2, 1), image(1, side, side + 2, 2)).lpips())
          .isEmpty();
    }
  }

  @Test
  void averagesTheImagesThatHaveIt() {
    ImageScore one = scored(OptionalDouble.of(0.25));
    ImageScore other = scored(OptionalDouble.of(0.5));
    ImageScore none = scored(OptionalDouble.empty());

    assertThat(ImageScore.mean(List.of(one, none, other)).lpips().orElseThrow())
        .isCloseTo(0.375, within(1e-15));
    assertThat(ImageScore.mean(List.of(none)).lpips()).isEmpty();
  }

  @Test
  void takesItsWeightsFromFilesAndRefusesThoseOfOthers() throws IOException {
    Path features =
        write("squeeze.safetensors", DrawnWeights.features(Backbone.SQUEEZE).checkpoint());
    Path linear = write("lin.safetensors", DrawnWeights.linear(Backbone.SQUEEZE).checkpoint());
    LpipsFiles files = new LpipsFiles(Backbone.SQUEEZE, features.toString(), linear.toString());
    PlanarImage truth = image(3, 20, 24, 1);
    PlanarImage restored = image(3, 20, 24, 2);
    try (LpipsMetric metric = metric(LITTLE);
        LpipsMetric opened = LpipsMetric.open(files, LITTLE)) {
      assertThat(opened.between(truth, restored)).isEqualTo(metric.between(truth, restored));
    }
    Path whole = write("whole.safetensors", files.weights());
    assertThat(new LpipsFiles(Backbone.SQUEEZE, whole.toString(), whole.toString()).weights())
        .usingRecursiveComparison()
        .isEqualTo(files.weights());
    assertThatThrownBy(
            () -> new LpipsFiles(Backbone.ALEX, features.toString(), linear.toString()).weights())
        .isInstanceOf(GridException.class)
        .hasMessage(
            "Cannot load %s as the backbone of LPIPS alex: it holds the backbone of squeeze",
            features);
  }

  @ParameterizedTest
  @EnumSource(Backbone.class)
  void takesTheReleasedLinearWeights(Backbone backbone) throws IOException {
    Path linear = SharedData.path("weights/lpips_v0.1/" + backbone.text() + ".pth");
    Path features = write("drawn.safetensors", DrawnWeights.features(backbone).checkpoint());
    LpipsFiles files = new LpipsFiles(backbone, features.toString(), linear.toString());
    PlanarImage truth = image(3, 32, 40, 1);
    try (LpipsMetric metric = LpipsMetric.open(files, MemoryBound.STANDARD)) {
      assertThat(metric.between(truth, image(3, 32, 40, 2)).orElseThrow()).isPositive();
    }
  }

  private Path write(String name, Checkpoint weights) throws IOException {
    return Files.write(folder.resolve(name), Safetensors.bytes(weights));
  }

  private static LpipsMetric metric(MemoryBound memory) {
    Checkpoint weights =
        Lpips.weights(
            Backbone.SQUEEZE,
            DrawnWeights.features(Backbone.SQUEEZE),
            DrawnWeights.linear(Backbone.SQUEEZE));
    return LpipsMetric.open(Backbone.SQUEEZE, weights, "drawn", memory, Device.cpu());
  }

  private static ImageScore scored(OptionalDouble lpips) {
    return new ImageScore("set", "a.png", new Score(30, OptionalDouble.of(0.9), lpips));
  }

  private static PlanarImage image(int channels, int height, int width, long seed) {
    byte[] samples = new byte[channels * height * width];
    new Random(seed).nextBytes(samples);
    return new PlanarImage(channels, height, width, samples);
  }
}
