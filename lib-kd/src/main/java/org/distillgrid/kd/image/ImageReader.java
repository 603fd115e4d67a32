package org.distillgrid.kd.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * Reads PNG, JPEG, BMP, TIFF and WebP into 8-bit planes, by rules that do not depend on the format:
 *
 * <ul>
 *   <li>grey stays one channel and colour three, unless other {@link Channels} are asked for;
 *   <li>a palette becomes RGB, or grey when all its colours are grey;
 *   <li>transparency is dropped: the stored colours are taken, nothing is blended;
 *   <li>more than 8 bits become v·255/max, rounded half up (max = 65535 for 16 bits); fewer
 *       likewise; more than 16 bits and floating point are refused;
 *   <li>CMYK and other colour spaces are converted to sRGB; a profile embedded in an RGB or grey
 *       file is ignored, samples are taken as stored;
 *   <li>an EXIF orientation is ignored: rows are rows of the file; of several pages the first
 *       counts.
 * </ul>
 *
 * <p>A size is read from the header and held against a bound before any pixel is decoded. What is
 * damaged or cut short is refused, not half decoded. Safe for use by many threads.
 */
public final class ImageReader {
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

  private PlanarImage image(byte[] bytes) throws UnreadableException {
    if (bytes.length == 0) {
      throw new UnreadableException("empty file");
    }
    ImageFormat format =
        ImageFormat.of(bytes)
            .orElseThrow(() -> new UnreadableException("not a PNG, JPEG, BMP, TIFF or WebP image"));
    return channels.of(decoded(format, bytes));
  }

  private PlanarImage decoded(ImageFormat format, byte[] bytes) throws UnreadableException {
    DamageListener damage = new DamageListener();
    javax.imageio.ImageReader decoder = null;
    try (ByteArrayImageInputStream stream = new ByteArrayImageInputStream(bytes)) {
      decoder = format.decoder();
      decoder.addIIOReadWarningListener(damage);
      decoder.setInput(stream, true, true);
      requireBounded(decoder.getHeight(0), decoder.getWidth(0));
      format.requireWhole(bytes);
      BufferedImage decodedImage = decoder.read(0);
      damage.requireNone();
      return RasterSamples.of(decodedImage);
    } catch (IOException | RuntimeException e) {
      // Decoders meet damaged bytes with every kind of exception that there is.
      throw new UnreadableException("damaged or unsupported: " + reason(e), e);
    } finally {
      if (decoder != null) {
        decoder.dispose();
      }
    }
  }

  private void requireBounded(int height, int width) throws UnreadableException {
    if (height < 1 || width < 1) {
      throw new UnreadableException(height + "×" + width + " pixels are no image");
    }
    if ((long) height * width > maxPixels) {
      throw new UnreadableException(
          String.format("%d×%d pixels exceed the bound of %d", height, width, maxPixels));
    }
  }

  private static String reason(Exception e) {
    if (e.getMessage() == null) {
      return e.getClass().getSimpleName();
    }
    return e.getMessage().lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
