package org.distillgrid.kd.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestImageReader {
  private static final int HEIGHT = 24;
  private static final int WIDTH = 40;

  private final ImageReader reader = ImageReader.bounded(1_000_000);

  @ParameterizedTest
  @CsvSource({
    "lossless.png, 0",
    "lossless.webp, 0",
    "deflate.tif, 0",
    "progressive.jpg, 6",
    "lossy.webp, 12",
    "cmyk.jpg, 70",
    "cmyk.tif, 70"
  })
  void formatsAgree(String name, double meanDifference) throws IOException {
    PlanarImage image = reader.read(resource(name));
    assertThat(image.channels()).isEqualTo(3);
    assertThat(image.height()).isEqualTo(HEIGHT);
    assertThat(image.width()).isEqualTo(WIDTH);
    double sum = 0;
    for (int i = 0; i < image.samples().length; i++) {
      sum += Math.abs((image.samples()[i] & 0xff) - (gradient().samples()[i] & 0xff));
    }
    assertThat(sum / image.samples().length).isCloseTo(0, within(meanDifference));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff"})
  void losslessFormatsKeepEverySample(String format) throws IOException {
    PlanarImage image = SampleImages.harsh(3, 9, 13, 1);
    assertThat(reader.read(encoded(bufferedRgb(image, BufferedImage.TYPE_3BYTE_BGR), format)))
        .usingRecursiveComparison()
        .isEqualTo(image);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff"})
  void greyStaysGreyWithoutGamma(String format) throws IOException {
    BufferedImage grey = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 256; i++) {
      grey.getRaster().setSample(i, 0, 0, i);
    }
    PlanarImage image = reader.read(encoded(grey, format));
    assertThat(image.channels()).isEqualTo(1);
    for (int i = 0; i < 256; i++) {
      assertThat(image.at(0, 0, i)).isEqualTo(i);
    }
  }

  @Test
  void sixteenBitsAreRounded() throws IOException {
    BufferedImage grey = new BufferedImage(4, 1, BufferedImage.TYPE_USHORT_GRAY);
    int[] values = {0, 65535, 128, 129};
    grey.getRaster().setSamples(0, 0, 4, 1, 0, values);
    assertThat(reader.read(encoded(grey, "png")).samples()).containsExactly(0, 255, 0, 1);
  }

  @Test
  void transparencyIsDropped() throws IOException {
    BufferedImage clear = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    clear.setRGB(0, 0, 0x00112233);
    clear.setRGB(1, 0, 0x80445566);
    PlanarImage image = reader.read(encoded(clear, "png"));
    assertThat(image.samples()).containsExactly(0x11, 0x44, 0x22, 0x55, 0x33, 0x66);
  }

  @Test
  void palettesBecomeColourOrGrey() throws IOException {
    byte[] ramp = {0, 100, (byte) 200};
    byte[] other = {0, 100, 10};
    int[] places = {0, 1, 2, 1};
    PlanarImage grey =
        reader.read(encoded(indexed(new IndexColorModel(8, 3, ramp, ramp, ramp), places), "png"));
    assertThat(grey.channels()).isEqualTo(1);
    assertThat(grey.samples()).containsExactly(0, 100, 200, 100);
    PlanarImage colour =
        reader.read(encoded(indexed(new IndexColorModel(8, 3, ramp, ramp, other), places), "png"));
    assertThat(colour.samples())
        .containsExactly(0, 100, 200, 100, 0, 100, 200, 100, 0, 100, 10, 100);
  }

  @Test
  void channelsCanBeAskedFor() throws IOException {
    byte[] colour = resource("lossless.png");
    PlanarImage grey = reader.withChannels(Channels.GREY).read(colour);
    PlanarImage original = gradient();
    double expected =
        0.299 * original.at(0, 5, 6) + 0.587 * original.at(1, 5, 6) + 0.114 * original.at(2, 5, 6);
    assertThat(grey.channels()).isEqualTo(1);
    assertThat(grey.at(0, 5, 6)).isEqualTo((int) Math.round(expected));
    PlanarImage repeated = reader.withChannels(Channels.RGB).read(ImageWriter.png(grey));
    assertThat(repeated.channels()).isEqualTo(3);
    for (int channel = 0; channel < 3; channel++) {
      assertThat(Plane.of(repeated, channel).values()).isEqualTo(Plane.of(grey, 0).values());
    }
    assertThat(reader.read(resource("grey.jpg")).channels()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lossless.png",
        "progressive.jpg",
        "grey.jpg",
        "cmyk.jpg",
        "lossless.webp",
        "lossy.webp",
        "deflate.tif",
        "cmyk.tif"
      })
  void truncatedFilesAreRefusedAtEveryLength(String name) throws IOException {
    byte[] whole = resource(name);
    PlanarImage expected = reader.read(whole);
    int refused = 0;
    for (int length = 0; length < whole.length; length++) {
      try {
        // Trailing bytes that carry no pixels may be missing.
        assertThat(reader.read(Arrays.copyOf(whole, length)).samples())
            .as("%s cut to %d of %d", name, length, whole.length)
            .isEqualTo(expected.samples());
      } catch (GridException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.INPUT);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(whole.length / 2);
  }

  @Test
  void truncatedBitmapIsRefused() throws IOException {
    byte[] whole =
        encoded(bufferedRgb(SampleImages.harsh(3, 9, 13, 1), BufferedImage.TYPE_3BYTE_BGR), "bmp");
    assertThatThrownBy(() -> reader.read(Arrays.copyOf(whole, whole.length / 2)))
        .isInstanceOf(GridException.class);
  }

  @Test
  void claimedSizesAreNotTrusted() {
    assertThatThrownBy(() -> reader.read(claimingPng(100_000, 100_000)))
        .hasMessage("Cannot read image: 100000×100000 pixels exceed the bound of 1000000");
    assertThatThrownBy(() -> ImageReader.bounded(100_000_000).read(claimingPng(10_000, 10_000)))
        .hasMessage(
            "Cannot read image: 10000×10000 pixels are more than its 69 bytes can hold,"
                + " at most 71208");
    assertThatThrownBy(() -> ImageReader.bounded(100_000_000).read(claimingPng(4_000, 4_000)))
        .hasMessage("Cannot read image: truncated PNG: too little data for 4000×4000");
  }

  @Test
  void reasonsAreShortAndNameTheFile(@TempDir Path folder) throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.png"));
    assertThatThrownBy(() -> reader.read(empty))
        .hasMessage("Cannot read image %s: empty file", empty);
    Path text = Files.writeString(folder.resolve("text.png"), "hello");
    assertThatThrownBy(() -> reader.read(text))
        .hasMessage("Cannot read image %s: not a PNG, JPEG, BMP, TIFF or WebP image", text);
    assertThatThrownBy(() -> reader.read(folder))
        .hasMessage("Cannot read image %s: is a folder", folder);
    assertThatThrownBy(() -> reader.read(folder.resolve("none.png")))
        .hasMessage("Cannot read image %s: no such file", folder.resolve("none.png"));
    byte[] jpeg = resource("progressive.jpg");
    assertThatThrownBy(() -> reader.read(Arrays.copyOf(jpeg, jpeg.length - 20)))
        .hasMessage("Cannot read image: truncated JPEG");
    byte[] png = resource("lossless.png");
    png[50] ^= 1;
    assertThatThrownBy(() -> reader.read(png))
        .hasMessage("Cannot read image: damaged PNG: a chunk's checksum is wrong");
  }

  @Test
  void writtenImagesAreReadBack(@TempDir Path folder) throws IOException {
    for (int channels : new int[] {1, 3}) {
      PlanarImage image = SampleImages.noisy(channels, 7, 5, 2);
      Path file = folder.resolve("image.png");
      ImageWriter.write(image, file);
      assertThat(reader.read(file)).usingRecursiveComparison().isEqualTo(image);
    }
    assertThat(folder).isDirectoryContaining("glob:**image.png");
    assertThat(folder.toFile().list()).hasSize(1);
    Path nowhere = folder.resolve("missing/image.png");
    assertThatThrownBy(() -> ImageWriter.write(SampleImages.noisy(1, 2, 2, 1), nowhere))
        .isInstanceOf(GridException.class)
        .hasMessageStartingWith("Cannot write image " + nowhere);
  }

  static byte[] resource(String name) throws IOException {
    try (var stream = TestImageReader.class.getResourceAsStream("/images/" + name)) {
      return stream.readAllBytes();
    }
  }

  private static PlanarImage gradient() {
    byte[] samples = new byte[3 * HEIGHT * WIDTH];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        samples[y * WIDTH + x] = (byte) (6 * x);
        samples[(HEIGHT + y) * WIDTH + x] = (byte) (10 * y);
        samples[(2 * HEIGHT + y) * WIDTH + x] = (byte) (3 * (x + y));
      }
    }
    return new PlanarImage(3, HEIGHT, WIDTH, samples);
  }

  private static BufferedImage bufferedRgb(PlanarImage image, int type) {
    BufferedImage buffered = new BufferedImage(image.width(), image.height(), type);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        buffered.setRGB(x, y, image.at(0, y, x) << 16 | image.at(1, y, x) << 8 | image.at(2, y, x));
      }
    }
    return buffered;
  }

  private static BufferedImage indexed(IndexColorModel palette, int[] places) {
    BufferedImage image =
        new BufferedImage(places.length, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
    image.getRaster().setSamples(0, 0, places.length, 1, 0, places);
    return image;
  }

  static byte[] encoded(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, bytes)).isTrue();
    return bytes.toByteArray();
  }

  private static byte[] claimingPng(int width, int height) {
    ByteBuffer buffer = ByteBuffer.allocate(69);
    buffer.putLong(0x89504e470d0a1a0aL);
    chunk(buffer, "IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8));
    chunk(buffer, "IDAT", ByteBuffer.allocate(12));
    chunk(buffer, "IEND", ByteBuffer.allocate(0));
    return buffer.array();
  }

  private static void chunk(ByteBuffer buffer, String type, ByteBuffer data) {
    CRC32 checksum = new CRC32();
    checksum.update(type.getBytes(StandardCharsets.US_ASCII));
    checksum.update(data.array());
    buffer.putInt(data.capacity());
    buffer.put(type.getBytes(StandardCharsets.US_ASCII));
    buffer.put(data.array());
    buffer.putInt((int) checksum.getValue());
  }
}
