package org.distillgrid.jobs;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;

/** Small images and the broken files that folders of images hold. */
public final class TestImages {
  private TestImages() {}

  /** Writes a smooth, seeded RGB image as a PNG. */
  public static Path png(Path file, int height, int width, long seed) throws IOException {
    Random random = new Random(seed);
    double row = 0.05 + random.nextDouble() / 10;
    double column = 0.05 + random.nextDouble() / 10;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int red = wave(row * y + column * x);
        int green = wave(row * y - column * x + 1);
        int blue = wave(column * y + row * x + 2) ^ random.nextInt(8);
        image.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  /** Writes a PNG of a few bytes that claims any size. */
  public static Path claimingPng(Path file, int height, int width) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put(new byte[] {8, 2, 0, 0, 0});
    chunk(bytes, "IHDR", header.array());
    chunk(bytes, "IDAT", deflated(new byte[] {0}));
    chunk(bytes, "IEND", new byte[0]);
    return Files.write(file, bytes.toByteArray());
  }

  private static int wave(double angle) {
    return (int) (127.5 + 120 * Math.sin(angle)) & 0xff;
  }

  private static byte[] deflated(byte[] raw) {
    Deflater deflater = new Deflater();
    deflater.setInput(raw);
    deflater.finish();
    byte[] compressed = new byte[64];
    int length = deflater.deflate(compressed);
    deflater.end();
    return java.util.Arrays.copyOf(compressed, length);
  }

  private static void chunk(ByteArrayOutputStream bytes, String type, byte[] content)
      throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(name);
    checksum.update(content);
    bytes.write(ByteBuffer.allocate(4).putInt(content.length).array());
    bytes.write(name);
    bytes.write(content);
    bytes.write(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
  }
}
