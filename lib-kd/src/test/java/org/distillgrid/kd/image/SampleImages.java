package org.distillgrid.kd.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Images that tests make or find. */
final class SampleImages {
  private SampleImages() {}

  /** Returns smooth gradients with noise, from a fixed seed. */
  static PlanarImage noisy(int channels, int height, int width, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] samples = new byte[channels * height * width];
    for (int i = 0; i < samples.length; i++) {
      int column = i % width;
      int row = i / width % height;
      int value = 128 * row / height + 64 * column / width + random.nextInt(64);
      samples[i] = (byte) value;
    }
    return new PlanarImage(channels, height, width, samples);
  }

  /** Returns values that jump between black and white, so that every overshoot is clamped. */
  static PlanarImage harsh(int channels, int height, int width, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] samples = new byte[channels * height * width];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (random.nextInt(4) % 2 * 255);
    }
    return new PlanarImage(channels, height, width, samples);
  }

  /** Returns the images of a folder in the order of their names. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".png")).sorted().toList();
    }
  }

  static PlanarImage read(Path file) {
    return ImageReader.bounded(100_000_000).read(file);
  }

  static String stem(Path file) {
    return file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
  }
}
