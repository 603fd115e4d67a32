package org.distillgrid.kd.image.jpeg;

import static org.assertj.core.api.Assertions.assertThat;

import org.distillgrid.kd.Fixtures;
import org.distillgrid.kd.image.PlanarImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is lost is what libjpeg-turbo loses, sample by sample. */
class TestJpegLoss {
  @ParameterizedTest
  @ValueSource(ints = {10, 35, 50, 80, 95})
  void losesOfColourWhatLibjpegLoses(int quality) {
    PlanarImage decoded = JpegLoss.ofQuality(quality).of(picture());
    assertThat(decoded.samples()).isEqualTo(fixture("rgb-q" + quality).samples());
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 35, 50, 80, 95})
  void losesOfGreyWhatLibjpegLoses(int quality) {
    PlanarImage decoded = JpegLoss.ofQuality(quality).of(green(picture()));
    assertThat(decoded.channels()).isEqualTo(1);
    assertThat(decoded.samples()).isEqualTo(fixture("grey-q" + quality).samples());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 4", "9, 5", "8, 16", "17, 33"})
  void fillsUpBlocksAsLibjpegDoes(int height, int width) {
    PlanarImage part = picture().crop(10, 10, height, width);
    PlanarImage decoded = JpegLoss.ofQuality(20).of(part);
    assertThat(decoded.height()).isEqualTo(height);
    assertThat(decoded.samples()).isEqualTo(fixture(height + "x" + width + "-q20").samples());
  }

  @Test
  void scalesTheStandardTables() {
    assertThat(QuantizationTable.luminance(50).steps()).startsWith(16, 11, 10, 16, 24, 40);
    // 16·5 + ½, and 51·5, which one byte just holds.
    assertThat(QuantizationTable.luminance(10).steps()).startsWith(80, 55, 50, 80, 120, 200, 255);
    // 166 % and not 166⅔ %: the scale is a whole number.
    assertThat(QuantizationTable.luminance(30).steps()).endsWith(171, 164);
    assertThat(QuantizationTable.chrominance(75).steps()).startsWith(9, 9, 12, 24, 50);
    assertThat(QuantizationTable.chrominance(100).steps()).containsOnly(1);
  }

  private static PlanarImage fixture(String name) {
    return Fixtures.image("degrade/jpeg-" + name + ".png");
  }

  private static PlanarImage picture() {
    return Fixtures.image("degrade/picture.png");
  }

  private static PlanarImage green(PlanarImage image) {
    int size = image.height() * image.width();
    byte[] samples = new byte[size];
    System.arraycopy(image.samples(), size, samples, 0, size);
    return new PlanarImage(1, image.height(), image.width(), samples);
  }
}
