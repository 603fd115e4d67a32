package org.distillgrid.kd.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.imageio.ImageIO;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/** Writes images as PNG: grey as grey, colour as 8-bit RGB. */
public final class ImageWriter {
  private ImageWriter() {}

  /**
   * Writes a PNG file, replacing an earlier one. The file appears whole or not at all: it is
   * written beside its place and then renamed.
   *
   * @throws GridException with code OUTPUT if it cannot be written
   */
  public static void write(PlanarImage image, Path file) {
    Path temporary = null;
    try {
      temporary = Files.createTempFile(file.toAbsolutePath().getParent(), ".writing-", ".png");
      Files.write(temporary, png(image));
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      discard(temporary);
      throw GridException.of(e, ErrorCode.OUTPUT, "Cannot write image %s: %s", file, e);
    }
  }

  /** Returns the bytes of a PNG file. */
  public static byte[] png(PlanarImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(interleaved(image), "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static BufferedImage interleaved(PlanarImage image) {
    int type = BufferedImage.TYPE_BYTE_GRAY;
    if (image.channels() == 3) {
      type = BufferedImage.TYPE_3BYTE_BGR;
    }
    BufferedImage result = new BufferedImage(image.width(), image.height(), type);
    byte[] target = ((DataBufferByte) result.getRaster().getDataBuffer()).getData();
    byte[] samples = image.samples();
    int channels = image.channels();
    int size = image.height() * image.width();
    for (int channel = 0; channel < channels; channel++) {
      int source = channel * size;
      // The buffer holds blue first.
      int place = channels - 1 - channel;
      for (int i = 0; i < size; i++) {
        target[i * channels + place] = samples[source + i];
      }
    }
    return result;
  }

  private static void discard(Path temporary) {
    if (temporary == null) {
      return;
    }
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException ignored) {
      // The first failure is the one to tell.
    }
  }
}
