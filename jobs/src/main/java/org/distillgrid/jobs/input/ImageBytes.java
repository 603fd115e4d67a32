package org.distillgrid.jobs.input;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/** Reads a file that is said to hold an image, if it is no larger than the image may be. */
public final class ImageBytes {
  // The largest uncompressed pixel (16-bit RGBA) and a generous header.
  private static final long BYTES_IN_PIXEL = 8;
  private static final long BYTES_IN_HEADER = 1L << 24;

  private ImageBytes() {}

  /**
   * Returns a whole file.
   *
   * @param bytes its size
   * @param maxPixels largest width × height
   * @throws GridException with code INPUT if no image of so many pixels is so large
   * @throws IOException if the file cannot be read now
   */
  public static byte[] of(RunFiles files, String location, long bytes, long maxPixels)
      throws IOException {
    if (bytes > Math.min(Integer.MAX_VALUE, maxPixels * BYTES_IN_PIXEL + BYTES_IN_HEADER)) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot read image: %d bytes are too many for %d pixels",
          bytes,
          maxPixels);
    }
    Path path = new Path(location);
    try (FSDataInputStream stream = files.fileSystem(path).open(path)) {
      return stream.readAllBytes();
    }
  }
}
