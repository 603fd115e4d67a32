package org.distillgrid.jobs.input;

import java.io.IOException;
import java.io.Serializable;
import java.util.HexFormat;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.PairedFiles;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.random.Sha256;

/**
 * The input of a pair, which is a file of its own.
 *
 * @param location the file, fully qualified
 * @param bytes its size
 */
public record PairInput(String location, long bytes) implements Serializable {
  /**
   * An input that was read.
   *
   * @param checksum SHA-256 of the file's bytes in hexadecimal
   */
  public record Read(PlanarImage image, String checksum) {}

  /** Returns the input of a pair that was found. */
  public static PairInput of(FoundPair pair) {
    return new PairInput(pair.input().location(), pair.input().bytes());
  }

  /**
   * Reads it.
   *
   * @param target the bytes of the target's file
   * @param maxPixels largest width × height
   * @throws GridException with code INPUT if it is no usable image, or not of the target's kind
   * @throws IOException if it cannot be read now
   */
  public Read read(
      RunFiles files, byte[] target, ImageReader reader, long maxPixels, Patience patience)
      throws IOException {
    try {
      byte[] content = ImageBytes.of(files, location, bytes, maxPixels);
      PairedFiles.requireAlike(target, content);
      PlanarImage image = patience.await(() -> reader.read(content));
      return new Read(image, HexFormat.of().formatHex(Sha256.digest().digest(content)));
    } catch (GridException e) {
      throw GridException.of(e, e.code(), "%s (its input: %s)", e.getMessage(), location);
    }
  }
}
