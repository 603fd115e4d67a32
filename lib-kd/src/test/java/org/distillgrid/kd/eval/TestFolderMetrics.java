package org.distillgrid.kd.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.ImageWriter;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.task.Judgement;
import org.distillgrid.kd.task.Judgement.ColorSpace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestFolderMetrics {
  @TempDir private Path folder;
  private Path references;
  private Path restored;

  @BeforeEach
  void makeFolders() throws IOException {
    references = Files.createDirectory(folder.resolve("references"));
    restored = Files.createDirectory(folder.resolve("restored"));
  }

  @Test
  void namesPairByWhatTheFieldAppends() {
    pairsUp(List.of("0801", "0802"), List.of("0801x2", "0802x2"));
    pairsUp(List.of("baby"), List.of("baby_SwinIR"));
    pairsUp(List.of("baby", "baby_2"), List.of("baby_SwinIR", "baby_2_SwinIR"));
    pairsUp(List.of("a_gt", "b_gt"), List.of("a_lq", "b_lq"));
    pairsUp(List.of("0801_HR"), List.of("0801"));
    pairsUp(List.of("img_001_SRF_2_HR"), List.of("img_001_SRF_2_LR"));
    pairsUp(List.of("0801"), List.of("0801x4_EDSR_8bit"));
    pairsUp(List.of("img_1", "img_10"), List.of("img_10-out", "img_1-out"));
    pairsUp(List.of("norain-1", "norain-2"), List.of("rain-1", "rain-2"));
    pairsUp(List.of("d600_1_mean"), List.of("d600_1_real"));
  }

  @Test
  void equalNamesComeFirst() {
    pairsUp(List.of("a", "a_gt"), List.of("a", "a_gt"));
  }

  @Test
  void namesPairByAPattern() {
    Stream.of("0801", "0802").forEach(name -> write(references, name + "-true", 20));
    Stream.of("0801", "0802").forEach(name -> write(restored, "out." + name + "-mine", 20));
    PairNaming naming = PairNaming.byPattern("{}-true:out.{}-mine");
    assertThat(metrics(naming).compare(references, restored).scores())
        .extracting(ImageScore::image)
        .containsExactly("0801-true", "0802-true");
    assertThatThrownBy(() -> metrics(PairNaming.byPattern("{}x2")).compare(references, restored))
        .hasMessageStartingWith("Cannot pair images by name: " + restored + " lacks 2 of 2");
    assertThatThrownBy(() -> PairNaming.byPattern("x2"))
        .hasMessage(
            "Cannot read pattern x2: want {} once for the name, as in {}_x2 or {}_gt:{}_lq");
  }

  @Test
  void doubtIsRefused() {
    write(references, "baby", 20);
    write(restored, "baby_A", 20);
    write(restored, "baby_B", 20);
    assertThatThrownBy(() -> metrics(PairNaming.byFieldSuffixes()).compare(references, restored))
        .isInstanceOf(GridException.class)
        .hasMessage("Cannot pair images by name: baby_A and baby_B may both belong to baby");
  }

  @Test
  void othersThatShareABeginningDoNotPair() {
    write(references, "img", 20);
    write(restored, "img2", 20);
    assertThatThrownBy(() -> metrics(PairNaming.byFieldSuffixes()).compare(references, restored))
        .hasMessageStartingWith("Cannot pair images by name: " + restored + " lacks 1 of 1: img");
  }

  @Test
  void greyAndTheSamePictureAsRgbAreIdentical() {
    ImageWriter.write(image(1, 20), references.resolve("a.png"));
    ImageWriter.write(image(3, 20), restored.resolve("a.png"));
    for (ColorSpace space : ColorSpace.values()) {
      FolderMetrics metrics =
          new FolderMetrics(
              Judge.by(new Judgement(space, 0)),
              ImageReader.bounded(1000),
              PairNaming.byFieldSuffixes());
      ImageScore score = metrics.compare(references, restored).scores().get(0);
      assertThat(score.score().psnr()).isEqualTo(Double.POSITIVE_INFINITY);
    }
  }

  @Test
  void aBadPairIsLeftOutAndToldWhy() throws IOException {
    write(references, "a", 20);
    write(restored, "a", 20);
    write(references, "other", 20);
    write(restored, "other", 21);
    write(references, "small", 9);
    write(restored, "small", 9);
    write(references, "torn", 20);
    Files.write(restored.resolve("torn.png"), new byte[] {1});

    FolderMetrics.Outcome outcome =
        metrics(PairNaming.byFieldSuffixes()).compare(references, restored);

    assertThat(outcome.leftOut())
        .containsExactly(
            restored.resolve("other.png")
                + ": Cannot compare images of different shapes: reference 1×20×20, restored"
                + " 1×21×21",
            "Cannot read image "
                + restored.resolve("torn.png")
                + ": not a PNG, JPEG, BMP, TIFF or WebP image");
    assertThat(outcome.scores()).extracting(ImageScore::image).containsExactly("a", "small");
    assertThat(outcome.scores().get(0).score().ssim()).hasValue(1);
    assertThat(outcome.scores().get(1).score().ssim()).isEmpty();
    assertThat(ImageScore.mean(outcome.scores()).ssim()).hasValue(1);
    assertThat(ImageScore.mean(outcome.scores().subList(1, 2)).ssim()).isEmpty();
  }

  private void pairsUp(List<String> expected, List<String> actual) {
    clear(references);
    clear(restored);
    expected.forEach(name -> write(references, name, 12));
    actual.forEach(name -> write(restored, name, 12));
    FolderMetrics.Outcome outcome =
        metrics(PairNaming.byFieldSuffixes()).compare(references, restored);
    assertThat(outcome.scores()).extracting(ImageScore::image).containsExactlyElementsOf(expected);
  }

  private static FolderMetrics metrics(PairNaming naming) {
    return new FolderMetrics(
        Judge.by(new Judgement(ColorSpace.Y, 0)), ImageReader.bounded(1000), naming);
  }

  private static void clear(Path place) {
    for (File file : place.toFile().listFiles()) {
      assertThat(file.delete()).isTrue();
    }
  }

  private static void write(Path place, String name, int side) {
    ImageWriter.write(image(1, side), place.resolve(name + ".png"));
  }

  private static PlanarImage image(int channels, int side) {
    byte[] samples = new byte[channels * side * side];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i % (side * side) * 37 % 200);
    }
    return new PlanarImage(channels, side, side, samples);
  }
}
