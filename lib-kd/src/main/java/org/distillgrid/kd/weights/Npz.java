package org.distillgrid.kd.weights;

import java.io.IOException;
import java.nio.file.Path;

/**
 * NumPy's {@code .npz}: a zip file with one array an entry. Read are floats of 16, 32 and 64 bits,
 * integers and booleans, in either byte order and in C or Fortran order.
 */
public final class Npz {
  private Npz() {}

  /**
   * Reads a file.
   *
   * @throws org.distillgrid.kd.error.GridException if it cannot be read or is damaged
   */
  public static Checkpoint read(Path file) {
    return WeightFile.read(file, NpzReader::open);
  }

  /**
   * Reads the content of a file; what it unpacks to is bounded by its length.
   *
   * @param source names the content in a message
   * @throws org.distillgrid.kd.error.GridException if it is damaged
   */
  public static Checkpoint read(byte[] content, String source) {
    return WeightFile.read(content, source, NpzReader::open);
  }

  /** Opens a zip file of arrays. */
  public static StoredCheckpoint zipped(ZipArchive archive, long fileLength, String source)
      throws IOException {
    return NpzReader.of(archive, fileLength, source);
  }
}
