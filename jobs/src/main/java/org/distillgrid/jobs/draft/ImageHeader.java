package org.distillgrid.jobs.draft;

import java.io.IOException;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.input.FoundFile;
import org.distillgrid.jobs.input.ImageBytes;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.format.ImageFile;
import org.distillgrid.kd.image.format.ImageFormat;
import org.distillgrid.kd.image.format.UnreadableException;

/**
 * What the header of an image file says, within the bounds of a run.
 *
 * @param height in pixels
 * @param width in pixels
 */
record ImageHeader(int height, int width) {
  /** The bound that a spec has by default, in pixels. */
  static final long MOST_PIXELS = 100_000_000;

  /**
   * Reads a header.
   *
   * @throws GridException of code INPUT if the file is no image that a run would read
   */
  static ImageHeader of(RunFiles files, FoundFile file) {
    try {
      return header(bytes(files, file));
    } catch (UnreadableException | RuntimeException e) {
      throw GridException.of(
          e, ErrorCode.INPUT, "Cannot read image %s: %s", file.location(), e.getMessage());
    }
  }

  /**
   * Decodes an image and returns whether it is grey.
   *
   * @throws GridException of code INPUT if it cannot be decoded
   */
  static boolean isGrey(RunFiles files, FoundFile file) {
    byte[] content = bytes(files, file);
    try {
      return ImageReader.bounded(MOST_PIXELS).read(content).channels() == 1;
    } catch (GridException e) {
      throw GridException.of(e, e.code(), "%s: %s", e.getMessage(), file.location());
    }
  }

  private static ImageHeader header(byte[] bytes) throws UnreadableException {
    ImageFile file =
        ImageFormat.of(bytes)
            .orElseThrow(() -> new UnreadableException("not a PNG, JPEG, BMP, TIFF or WebP image"))
            .open(bytes);
    long pixels = (long) file.height() * file.width();
    if (file.height() < 1 || file.width() < 1) {
      throw new UnreadableException(file.height() + "×" + file.width() + " pixels are no image");
    }
    if (pixels > MOST_PIXELS || pixels > file.mostPixels()) {
      throw new UnreadableException(
          file.height() + "×" + file.width() + " pixels are more than it can hold or may have");
    }
    return new ImageHeader(file.height(), file.width());
  }

  private static byte[] bytes(RunFiles files, FoundFile file) {
    try {
      return ImageBytes.of(files, file.location(), file.bytes(), MOST_PIXELS);
    } catch (IOException e) {
      throw GridException.of(
          e, ErrorCode.INPUT, "Cannot read image %s: %s", file.location(), e.getMessage());
    }
  }
}
