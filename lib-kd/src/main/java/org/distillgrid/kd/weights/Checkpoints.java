package org.distillgrid.kd.weights;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/** Opens weight files whatever their format; the content decides, not the name. */
public final class Checkpoints {
  private static final String SUPPORTED = "supported are .safetensors and .npz";

  private Checkpoints() {}

  /**
   * Reads a file.
   *
   * @throws GridException if it cannot be read, is damaged or of no known format
   */
  public static Checkpoint open(Path file) {
    return read(WeightFile.read(file), file.toString());
  }

  /**
   * Reads the content of a file.
   *
   * @param source names the content in a message
   * @throws GridException if it is damaged or of no known format
   */
  public static Checkpoint read(byte[] content, String source) {
    if (content.length == 0) {
      throw GridException.of(ErrorCode.INPUT, "Cannot read %s: it is empty", source);
    }
    if (startsWith(content, 0, "PK")) {
      if (contains(content, "data.pkl")) {
        throw GridException.of(
            ErrorCode.INPUT, "Cannot read %s: it is a PyTorch archive; %s", source, SUPPORTED);
      }
      return Npz.read(content, source);
    }
    if (startsWith(content, Long.BYTES, "{")) {
      return Safetensors.read(content, source);
    }
    throw GridException.of(
        ErrorCode.INPUT, "Cannot read %s: its format is unknown; %s", source, SUPPORTED);
  }

  private static boolean startsWith(byte[] content, int offset, String text) {
    byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < wanted.length; i++) {
      if (offset + i >= content.length || content[offset + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  // The name of an archive's first entry lies in the first bytes; a folder goes before it.
  private static boolean contains(byte[] content, String text) {
    int searched = Math.min(content.length, 512);
    return new String(content, 0, searched, StandardCharsets.ISO_8859_1).contains(text);
  }
}
