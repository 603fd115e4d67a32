package org.distillgrid.kd.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;

/**
 * Damaged files give an image within the bound or the project's exception, soon and within bounded
 * memory, nothing else. {@code -Dfuzz.images.seconds=600 -Dfuzz.images.seed=7} goes on for longer
 * and elsewhere; a failure names its file and round, and the round alone decides what is read.
 */
class TestImageReaderFuzz {
  private static final long SECONDS = Long.getLong("fuzz.images.seconds", 20);
  private static final long SEED = Long.getLong("fuzz.images.seed", 2026);
  private static final int BOUND = 100_000;
  private static final long MOST_BYTES = 128L << 20;
  private static final long MOST_SECONDS = 15;
  private static final List<String> OTHERS =
      List.of(
          "lossless.png",
          "progressive.jpg",
          "grey.jpg",
          "cmyk.jpg",
          "lossless.webp",
          "lossy.webp",
          "deflate.tif",
          "cmyk.tif");

  private final ImageReader reader = ImageReader.bounded(BOUND);
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void damagedFiles() throws IOException {
    List<String> names = new ArrayList<>(GoldenImages.names());
    List<byte[]> files = new ArrayList<>(names.stream().map(GoldenImages::bytes).toList());
    for (String name : OTHERS) {
      names.add(name);
      files.add(TestImageReader.resource(name));
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    int refused = 0;
    int round = 0;
    // At least once each, however slow the machine.
    for (; round < names.size() || System.nanoTime() < end; round++) {
      int file = round % names.size();
      DamagedImages damage = new DamagedImages(new SplittableRandom(SEED + round));
      if (!read(names.get(file) + ", round " + round, damage.of(files.get(file), files))) {
        refused++;
      }
    }
    assertThat(refused).isBetween(round / 4, round - 1);
  }

  private boolean read(String what, byte[] bytes) {
    long start = System.nanoTime();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    try {
      ImageReader.orientation(bytes);
      PlanarImage image = reader.read(bytes);
      assertThat((long) image.height() * image.width()).as(what).isLessThanOrEqualTo(BOUND);
      return true;
    } catch (GridException e) {
      assertThat(e.getMessage())
          .as(what)
          .startsWith("Cannot read image: ")
          .doesNotContain("\n")
          .doesNotContain("null");
      return false;
    } catch (RuntimeException | Error e) {
      return fail("%s: %s".formatted(what, e), e);
    } finally {
      assertThat(threads.getCurrentThreadAllocatedBytes() - allocated)
          .as("%s: bytes allocated", what)
          .isLessThan(MOST_BYTES);
      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start))
          .as("%s: seconds", what)
          .isLessThan(MOST_SECONDS);
    }
  }
}
