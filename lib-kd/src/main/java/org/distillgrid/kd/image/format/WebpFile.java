package org.distillgrid.kd.image.format;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * A WebP, decoded by libwebp: lossy files give what every tool that uses it sees, to the bit. Of an
 * animation the first frame counts.
 */
final class WebpFile implements ImageFile {
  private static final int FRAME = 8;
  private static final String FORM_TYPE = "WEBP";
  private static final String EXIF = "EXIF";
  private static final String ALPHA = "ALPH";
  // A lossy macroblock of 16×16 costs more than three bits. A lossless picture of one colour costs
  // nothing at all, but is no picture to learn from.
  private static final long MOST_PIXELS_IN_BYTE = 1024;

  private final byte[] bytes;
  private final List<RiffChunk> chunks;
  private final WebpFrame frame;

  private WebpFile(byte[] bytes) throws UnreadableException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < FRAME + 4 || !RiffChunk.letters(bytes, FRAME).equals(FORM_TYPE)) {
      throw new UnreadableException("not a WebP image, though a RIFF file");
    }
    long stated = Integer.toUnsignedLong(buffer.getInt(4));
    if (stated + FRAME > bytes.length) {
      throw new UnreadableException("truncated WebP");
    }
    this.bytes = bytes;
    this.chunks = RiffChunk.between(bytes, FRAME + 4, FRAME + (int) stated);
    this.frame = WebpFrame.among(chunks, bytes);
  }

  static WebpFile open(byte[] bytes) throws UnreadableException {
    return new WebpFile(bytes);
  }

  @Override
  public int height() {
    return frame.height();
  }

  @Override
  public int width() {
    return frame.width();
  }

  @Override
  public int bits() {
    return Byte.SIZE;
  }

  @Override
  public boolean hasAlpha() {
    return frame.hasAlpha(bytes) || chunks.stream().anyMatch(chunk -> chunk.type().equals(ALPHA));
  }

  @Override
  public int orientation() {
    return chunks.stream()
        .filter(chunk -> chunk.type().equals(EXIF))
        .mapToInt(chunk -> ExifOrientation.of(Arrays.copyOfRange(bytes, chunk.from(), chunk.to())))
        .findFirst()
        .orElse(UPRIGHT);
  }

  @Override
  public long mostPixels() {
    return MOST_PIXELS_IN_BYTE * bytes.length;
  }

  @Override
  public StoredImage decode() throws UnreadableException, IOException {
    try {
      BufferedImage image =
          Decoding.of(new WebPImageReaderSpi(), frame.alone(bytes), decoder -> decoder.read(0));
      return RasterSamples.of(image);
    } catch (LinkageError e) {
      throw new UnreadableException(
          String.format(
              "libwebp cannot be loaded on this machine (%s, %s): convert it to PNG",
              System.getProperty("os.name"), System.getProperty("os.arch")),
          e);
    }
  }
}
