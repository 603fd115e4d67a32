package org.distillgrid.kd.image.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.distillgrid.kd.image.format.PngEncoder.Layout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples of the JDK's decoder, or no answer. */
class TestPlainPng {
  private static final int ROUNDS = 60;
  private static final int MOST_SIDE = 40;
  private static final int MIXED = 5;

  private final SplittableRandom random = new SplittableRandom(11);

  @ParameterizedTest
  @CsvSource({"0,1", "2,3", "4,2", "6,4"})
  void everyFilterOfEveryPlainKind(int colorType, int bytesOfPixel) throws Exception {
    Layout layout = new Layout(8, colorType, 0);
    for (int round = 0; round < ROUNDS; round++) {
      int height = 1 + random.nextInt(MOST_SIDE);
      int width = 1 + random.nextInt(MOST_SIDE);
      byte[] lines = lines(height, width * bytesOfPixel, round % (MIXED + 1));
      byte[] data = PngEncoder.deflated(lines);
      int length = 1 + random.nextInt(data.length);
      byte[] png = new PngEncoder(layout, height, width).data(data, length).end();

      assertSame(png, PlainPng.decode(png, height, width).orElseThrow(), "round " + round);
    }
  }

  @Test
  void moreLinesThanGoThroughAtATime() throws Exception {
    byte[] lines = lines(300, 3 * 200, MIXED);
    byte[] png =
        new PngEncoder(new Layout(8, 2, 0), 300, 200).data(PngEncoder.deflated(lines), 8192).end();

    assertSame(png, PlainPng.decode(png, 300, 200).orElseThrow(), "large");
  }

  @ParameterizedTest
  @CsvSource({"8,3,0", "16,2,0", "16,0,0", "4,0,0", "1,0,0", "8,2,1", "8,0,1", "16,6,1"})
  void otherKindsAreTheJdks(int depth, int colorType, int interlace) throws Exception {
    int bits = depth * new int[] {1, 0, 3, 1, 2, 0, 4}[colorType];
    byte[] lines = interlaced(new Layout(depth, colorType, interlace), bits, 19, 13);
    PngEncoder encoder = new PngEncoder(new Layout(depth, colorType, interlace), 19, 13);
    if (colorType == 3) {
      encoder.chunk("PLTE", bytes(768));
    }
    byte[] png = encoder.data(PngEncoder.deflated(lines), 100).end();

    assertThat(PlainPng.decode(png, 19, 13)).isEmpty();
    assertSame(png, PngFile.open(png).decode(), "through the JDK");
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 17, -1})
  void anUnknownFilterIsRefusedAsBefore(int filter) throws Exception {
    byte[] lines = lines(4, 12, 0);
    lines[13] = (byte) filter;
    byte[] png =
        new PngEncoder(new Layout(8, 2, 0), 4, 4).data(PngEncoder.deflated(lines), 999).end();

    assertThat(PlainPng.decode(png, 4, 4)).isEmpty();
    assertThatThrownBy(() -> PngFile.open(png).decode()).isInstanceOf(IOException.class);
  }

  @Test
  void whatIsOddIsLeftToTheJdk() throws Exception {
    byte[] lines = lines(6, 18, MIXED);
    byte[] whole = PngEncoder.deflated(lines);
    byte[] tooLong = PngEncoder.deflated(Arrays.copyOf(lines, lines.length + 1));
    byte[] tooShort = PngEncoder.deflated(Arrays.copyOf(lines, lines.length - 1));
    byte[] trailing = Arrays.copyOf(whole, whole.length + 3);
    byte[] wrongSum = whole.clone();
    wrongSum[whole.length - 1]++;
    byte[] withoutSum = Arrays.copyOf(whole, whole.length - 4);

    for (byte[] odd : new byte[][] {tooLong, tooShort, trailing, wrongSum, withoutSum}) {
      assertThat(plain(new PngEncoder(new Layout(8, 2, 0), 6, 6).data(odd, 50))).isEmpty();
    }
    PngEncoder empty = new PngEncoder(new Layout(8, 2, 0), 6, 6).chunk("IDAT");
    assertThat(plain(empty.data(whole, 50))).isEmpty();
    PngEncoder second = new PngEncoder(new Layout(8, 2, 0), 6, 6).data(whole, 999);
    assertThat(plain(second.data(whole, 999))).isEmpty();
    PngEncoder palette = new PngEncoder(new Layout(8, 2, 0), 6, 6).chunk("PLTE", bytes(6));
    assertThat(plain(palette.data(whole, 999))).isEmpty();
    assertThat(plain(new PngEncoder(new Layout(8, 2, 0), 6, 6))).isEmpty();
    assertThat(plain(new PngEncoder(new Layout(8, 2, 0), 6, 6).data(whole, 999))).isPresent();
  }

  @Test
  void theNearestNeighbourIsThatOfTheSpecification() {
    for (int left = 0; left < 256; left += 3) {
      for (int above = 0; above < 256; above++) {
        for (int corner = 0; corner < 256; corner++) {
          if (PngLines.nearest(left, above, corner) != paeth(left, above, corner)) {
            assertThat(PngLines.nearest(left, above, corner))
                .as("%d %d %d", left, above, corner)
                .isEqualTo(paeth(left, above, corner));
          }
        }
      }
    }
  }

  // Section 9.4 of the specification, word for word.
  private static int paeth(int a, int b, int c) {
    int p = a + b - c;
    int pa = Math.abs(p - a);
    int pb = Math.abs(p - b);
    int pc = Math.abs(p - c);
    if (pa <= pb && pa <= pc) {
      return a;
    }
    if (pb <= pc) {
      return b;
    }
    return c;
  }

  private static Optional<StoredImage> plain(PngEncoder encoder) {
    return PlainPng.decode(encoder.end(), 6, 6);
  }

  private static void assertSame(byte[] png, StoredImage image, String what) throws Exception {
    StoredImage jdk = RasterSamples.of(ImageIO.read(new ByteArrayInputStream(png)));
    assertThat(image.channels()).as(what).isEqualTo(jdk.channels());
    assertThat(image.height()).as(what).isEqualTo(jdk.height());
    assertThat(image.width()).as(what).isEqualTo(jdk.width());
    assertThat(image.samples()).as(what).isEqualTo(jdk.samples());
  }

  private byte[] lines(int height, int bytes, int filter) {
    byte[] lines = bytes(height * (1 + bytes));
    for (int row = 0; row < height; row++) {
      int chosen = filter;
      if (filter == MIXED) {
        chosen = random.nextInt(MIXED);
      }
      lines[row * (1 + bytes)] = (byte) chosen;
    }
    return lines;
  }

  private byte[] interlaced(Layout layout, int bits, int height, int width) {
    if (layout.interlace() == 0) {
      return lines(height, (width * bits + 7) / 8, MIXED);
    }
    // Adam7's passes: first row, first column, steps down and across.
    int[][] passes = {
      {0, 0, 8, 8},
      {0, 4, 8, 8},
      {4, 0, 8, 4},
      {0, 2, 4, 4},
      {2, 0, 4, 2},
      {0, 1, 2, 2},
      {1, 0, 2, 1}
    };
    byte[] all = {};
    for (int[] pass : passes) {
      int rows = (height - pass[0] + pass[2] - 1) / pass[2];
      int columns = (width - pass[1] + pass[3] - 1) / pass[3];
      byte[] lines = lines(rows, (columns * bits + 7) / 8, MIXED);
      int length = all.length;
      all = Arrays.copyOf(all, length + lines.length);
      System.arraycopy(lines, 0, all, length, lines.length);
    }
    return all;
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
