package org.distillgrid.bench;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Smooth waves with a little noise as PNG files, which compress about as photographs do. */
final class WavePngs {
  static final int HEIGHT = 1200;
  static final int WIDTH = 1700;

  private WavePngs() {}

  /** Writes files of two megapixels, each another picture. */
  static void write(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < count; i++) {
      ImageIO.write(image(i), "png", folder.resolve("i" + i + ".png").toFile());
    }
  }

  private static BufferedImage image(int seed) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int base = (int) (120 + 90 * Math.sin(x / 37.0 + seed) * Math.cos(y / 23.0));
        int red = base + random.nextInt(8);
        int green = base + random.nextInt(8);
        int blue = base / 2 + random.nextInt(8);
        image.setRGB(x, y, (red << 16) | (green << 8) | blue);
      }
    }
    return image;
  }
}
