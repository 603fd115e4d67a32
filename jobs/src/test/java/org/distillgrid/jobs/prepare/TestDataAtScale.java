package org.distillgrid.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.distillgrid.jobs.SmallJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestDataAtScale {
  private static final int PATCH = 96;

  @TempDir private Path folder;

  /** Writes a picture of stripes, which takes little as a file and all the more when decoded. */
  private Path stripes(String name, int side, int colour) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
    int[] row = new int[side];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        row[x] = colour + (x & y & 0x0f);
      }
      image.setRGB(0, y, side, 1, row, 0, side);
    }
    Path file = folder.resolve("images").resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  @Test
  void aTaskHoldsOneImageAtATime() throws Exception {
    int side = 30 * PATCH;
    Path image = stripes("a.png", side, 0x203040);
    // Decoded it is 24 MiB and its input 6; beside them there is no room for another.
    SmallJvm small = new SmallJvm(68, 20);

    assertThat(small.run(OneImageAtATime.class, image.toString(), "8", "1").lastLine())
        .isEqualTo(8 * 30 * 30 + " patches");
    assertThat(small.run(OneImageAtATime.class, image.toString(), "1", "2").output())
        .as("two tasks at a time do not fit")
        .contains("OutOfMemoryError");
  }

  @Test
  void aSetLargerThanTheHeapIsPreparedAndTrained() throws Exception {
    for (int number = 0; number < 14; number++) {
      stripes("i" + number + ".png", 21 * PATCH, 0x010101 * (10 * number));
    }
    SmallJvm small = new SmallJvm(160, 40);

    String line =
        small
            .run(
                TrainsMoreThanItsHeap.class, folder.resolve("images").toString(), folder.toString())
            .lastLine();

    Matcher numbers =
        Pattern.compile("3 steps: (\\d+) bytes mapped, (\\d+) direct, (\\d+) of heap")
            .matcher(line);
    assertThat(numbers.matches()).as(line).isTrue();
    long mapped = Long.parseLong(numbers.group(1));
    long heap = Long.parseLong(numbers.group(3));
    assertThat(mapped).isGreaterThan(heap).isGreaterThan(13L * 21 * 21 * PATCH * PATCH * 3);
    assertThat(Long.parseLong(numbers.group(2))).as("beside the heap").isLessThan(heap / 4);
  }
}
