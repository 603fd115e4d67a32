package org.distillgrid.kd.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every format gives the samples that libjpeg-turbo, libwebp, libpng and libtiff give. */
class TestGoldenImages {
  // A JDK that brings its own libjpeg repeats the chroma of 4:4:0 where libjpeg-turbo smooths it.
  private static final String HALVED_DOWNWARDS = "440.jpg";
  private static final Map<String, Integer> TURNED =
      Map.of(
          "turned.jpg",
          6,
          "exif-only.jpg",
          6,
          "profile.webp",
          3,
          "profile.png",
          8,
          "profile.tif",
          6);

  private final ImageReader reader = ImageReader.bounded(1_000_000);

  @ParameterizedTest
  @MethodSource("exact")
  void samplesAreThoseOfTheReferenceDecoder(String name) {
    PlanarImage expected = reader.read(GoldenImages.golden(name));
    PlanarImage image = reader.read(GoldenImages.bytes(name));
    assertThat(image.channels()).isEqualTo(expected.channels());
    assertThat(image.height()).isEqualTo(expected.height());
    assertThat(image.width()).isEqualTo(expected.width());
    assertThat(image.samples()).isEqualTo(expected.samples());
  }

  static List<String> exact() {
    List<String> names =
        GoldenImages.names().stream().filter(name -> !name.equals(HALVED_DOWNWARDS)).toList();
    assertThat(names).hasSizeGreaterThan(90);
    return names;
  }

  @Test
  void chromaHalvedDownwardsIsNear() {
    PlanarImage expected = reader.read(GoldenImages.golden(HALVED_DOWNWARDS));
    PlanarImage image = reader.read(GoldenImages.bytes(HALVED_DOWNWARDS));
    assertThat(Psnr.between(Luma.of(expected), Luma.of(image))).isGreaterThan(35);
  }

  @ParameterizedTest
  @CsvSource({
    "profile.jpg, 420.jpg",
    "profile-grey.jpg, grey8.jpg",
    "cmyk-profile.jpg, cmyk8.jpg",
    "profile.webp, lossless8.webp",
    "profile-lossy.webp, lossy-75.webp",
    "profile.png, interlaced.png",
    "profile.bmp, bits24.bmp",
    "profile.tif, lzw.tif",
    "jpeg-profile.tif, jpeg.tif"
  })
  void aProfileChangesNoSample(String with, String without) {
    assertThat(reader.read(GoldenImages.bytes(with)).samples())
        .isEqualTo(reader.read(GoldenImages.bytes(without)).samples());
  }

  @ParameterizedTest
  @MethodSource("exact")
  void orientationIsToldButNotApplied(String name) {
    int expected = TURNED.getOrDefault(name, ImageReader.UPRIGHT);
    assertThat(ImageReader.orientation(GoldenImages.bytes(name))).isEqualTo(expected);
  }

  @Test
  void whatIsNoImageIsUpright() {
    assertThat(ImageReader.orientation(new byte[0])).isEqualTo(ImageReader.UPRIGHT);
    assertThat(ImageReader.orientation(new byte[] {'B', 'M'})).isEqualTo(ImageReader.UPRIGHT);
  }
}
