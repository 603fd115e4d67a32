package org.distillgrid.kd.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.format.ImageFile;
import org.distillgrid.kd.image.format.ImageFormat;
import org.distillgrid.kd.image.format.StoredImage;
import org.distillgrid.kd.image.format.UnreadableException;

/**
 * Reads PNG, JPEG, BMP, TIFF and WebP into 8-bit planes, by rules that do not depend on the format:
 *
 * <ul>
 *   <li>grey stays one channel and colour three, unless other {@link Channels} are asked for;
 *   <li>a palette becomes RGB, or grey when all its colours are grey;
 *   <li>transparency is dropped: the stored colours are taken, nothing is blended;
 *   <li>more than 8 bits become v·255/max, rounded half up (max = 65535 for 16 bits); fewer
 *       likewise; more than 16 bits and floating point are refused;
 *   <li>a profile, a gamma or a white point is ignored: samples are taken as stored, whatever the
 *       format; CMYK becomes RGB by the formula of Pillow's {@code convert('RGB')};
 *   <li>an EXIF orientation is ignored, as by Pillow's {@code Image.open} and OpenCV's {@code
 *       IMREAD_IGNORE_ORIENTATION}: rows are rows of the file; of several pages or frames the first
 *       counts.
 * </ul>
 *
 * <p>A size is read from the header and held against three bounds before any pixel is decoded: all
 * pixels, the longer side, and what a file of that length can hold. What is damaged or cut short is
 * refused, not half decoded. Safe for use by many threads.
 */
public final class ImageReader {
  /** The longest side that is read: JPEG's own bound. */
  public static final int LONGEST_SIDE = 65_535;

  /** The EXIF orientation of a file whose rows are those of the picture. */
  public static final int UPRIGHT = ImageFile.UPRIGHT;

  // Below this a wrong claim costs a fraction of a second, and is left to the decoder to find out.
  private static final long DOUBTED_PIXELS = 1 << 24;

  private final long maxPixels;
  private final Channels channels;

  private ImageReader(long maxPixels, Channels channels) {
    this.maxPixels = maxPixels;
    this.channels = channels;
  }

  /**
   * Returns a reader that keeps grey grey and colour colour.
   *
   * @param maxPixels the most that width × height may be
   */
  public static ImageReader bounded(long maxPixels) {
    return new ImageReader(maxPixels, Channels.AS_STORED);
  }

  /** Returns a reader of the same bound that hands out the given channels. */
  public ImageReader withChannels(Channels wanted) {
    return new ImageReader(maxPixels, wanted);
  }

  /**
   * Reads a file.
   *
   * @throws GridException with code INPUT if it is no readable image; the message names the file
   */
  public PlanarImage read(Path file) {
    try {
      return image(bytes(file));
    } catch (UnreadableException e) {
      throw GridException.of(e, ErrorCode.INPUT, "Cannot read image %s: %s", file, e.getMessage());
    }
  }

  /**
   * Reads the bytes of a file.
   *
   * @throws GridException with code INPUT if they are no readable image
   */
  public PlanarImage read(byte[] bytes) {
    try {
      return image(bytes);
    } catch (UnreadableException e) {
      throw GridException.of(e, ErrorCode.INPUT, "Cannot read image: %s", e.getMessage());
    }
  }

  /**
   * Reads the input of a pair.
   *
   * @throws GridException with code INPUT if it is no readable image, or not of its target's kind,
   *     see {@link PairedFiles}
   */
  public PlanarImage readInput(Path input, Path target) {
    try {
      PairedFiles.requireAlike(bytes(target), bytes(input));
    } catch (UnreadableException e) {
      return read(input);
    } catch (GridException e) {
      throw GridException.of(e, e.code(), "%s: %s", e.getMessage(), input);
    }
    return read(input);
  }

  private static byte[] bytes(Path file) throws UnreadableException {
    if (Files.isDirectory(file)) {
      throw new UnreadableException("is a folder");
    }
    if (!Files.exists(file)) {
      throw new UnreadableException("no such file");
    }
    try {
      if (Files.size(file) > Integer.MAX_VALUE - 8) {
        throw new UnreadableException("larger than 2 GiB");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UnreadableException(reason(e), e);
    }
  }

  /**
   * Returns the EXIF orientation that a file states and that {@link #read} ignores, 1..8; {@link
   * #UPRIGHT} where it states none or cannot be read.
   */
  public static int orientation(byte[] bytes) {
    try {
      return open(bytes).orientation();
    } catch (UnreadableException | RuntimeException e) {
      return UPRIGHT;
    }
  }

  private PlanarImage image(byte[] bytes) throws UnreadableException {
    try {
      ImageFile file = open(bytes);
      requireBounded(file, bytes.length);
      StoredImage stored = file.decode();
      if (stored.height() != file.height() || stored.width() != file.width()) {
        throw new UnreadableException("damaged: its size differs from what its header says");
      }
      return channels.of(
          new PlanarImage(stored.channels(), stored.height(), stored.width(), stored.samples()));
    } catch (EOFException e) {
      throw new UnreadableException("truncated: its samples end before their time", e);
    } catch (IOException e) {
      throw new UnreadableException("damaged or unsupported: " + reason(e), e);
    } catch (RuntimeException e) {
      // Decoders meet damaged bytes with every kind of exception that there is.
      throw new UnreadableException(
          "damaged or unsupported: the decoder met " + e.getClass().getSimpleName(), e);
    }
  }

  /**
   * Reads the header of a file.
   *
   * @throws UnreadableException if it has none that is known
   */
  static ImageFile open(byte[] bytes) throws UnreadableException {
    if (bytes.length == 0) {
      throw new UnreadableException("empty file");
    }
    return ImageFormat.of(bytes)
        .orElseThrow(() -> new UnreadableException("not a PNG, JPEG, BMP, TIFF or WebP image"))
        .open(bytes);
  }

  private void requireBounded(ImageFile file, int bytes) throws UnreadableException {
    int height = file.height();
    int width = file.width();
    if (height < 1 || width < 1) {
      throw new UnreadableException(height + "×" + width + " pixels are no image");
    }
    long pixels = (long) height * width;
    if (pixels > maxPixels) {
      throw new UnreadableException(
          String.format("%d×%d pixels exceed the bound of %d", height, width, maxPixels));
    }
    if (Math.max(height, width) > LONGEST_SIDE) {
      throw new UnreadableException(
          String.format("%d×%d pixels: no side may exceed %d", height, width, LONGEST_SIDE));
    }
    if (pixels > DOUBTED_PIXELS && pixels > file.mostPixels()) {
      throw new UnreadableException(
          String.format(
              "%d×%d pixels are more than its %d bytes can hold, at most %d",
              height, width, bytes, file.mostPixels()));
    }
  }

  private static String reason(Exception e) {
    if (e.getMessage() == null) {
      return e.getClass().getSimpleName();
    }
    return e.getMessage().lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
