package org.distillgrid.kd.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files give an image within the bound or the project's exception, nothing else. */
class TestImageReaderFuzz {
  private static final int ROUNDS = 600;
  private static final int BOUND = 100_000;

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
  void mutatedFiles(String name) throws IOException {
    readMutations(name, TestImageReader.resource(name));
  }

  @Test
  void mutatedBitmap() throws IOException {
    BufferedImage image = new BufferedImage(13, 9, BufferedImage.TYPE_3BYTE_BGR);
    readMutations("bmp", TestImageReader.encoded(image, "bmp"));
  }

  private static void readMutations(String name, byte[] whole) {
    ImageReader reader = ImageReader.bounded(BOUND);
    SplittableRandom random = new SplittableRandom(whole.length);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = mutated(whole, random);
      try {
        PlanarImage image = reader.read(bytes);
        assertThat((long) image.height() * image.width()).isLessThanOrEqualTo(BOUND);
      } catch (GridException e) {
        assertThat(e.getMessage()).startsWith("Cannot read image: ").doesNotContain("\n");
        refused++;
      } catch (RuntimeException | Error e) {
        fail("%s, round %d: %s".formatted(name, round, e), e);
      }
    }
    assertThat(refused).isPositive();
  }

  private static byte[] mutated(byte[] whole, SplittableRandom random) {
    byte[] bytes = whole.clone();
    int changes = 1 + random.nextInt(4);
    // Headers lie in front, TIFF's directory at the end: both are hit more often than pixels.
    int reach = Math.min(bytes.length, 200);
    for (int change = 0; change < changes; change++) {
      int place =
          switch (random.nextInt(3)) {
            case 0 -> random.nextInt(reach);
            case 1 -> bytes.length - 1 - random.nextInt(reach);
            default -> random.nextInt(bytes.length);
          };
      switch (random.nextInt(4)) {
        case 0 -> bytes[place] = (byte) random.nextInt(256);
        case 1 -> bytes[place] ^= (byte) (1 << random.nextInt(8));
        case 2 -> {
          if (place + 4 <= bytes.length) {
            ByteBuffer.wrap(bytes).putInt(place, random.nextInt());
          }
        }
        default -> bytes[place] = (byte) 0xff;
      }
    }
    if (random.nextInt(8) == 0) {
      return Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
    return bytes;
  }
}
