package org.distillgrid.kd.image.format;

import java.awt.image.Raster;
import java.io.IOException;
import java.util.List;
import javax.imageio.spi.ImageReaderSpi;
import org.distillgrid.kd.image.format.JpegSegments.Segment;

/**
 * A JPEG. The JDK's decoder, which is libjpeg, gives the components with the chroma brought to full
 * size; it is shown no application data, so that no profile can reach it. What the components mean
 * is decided here.
 */
final class JpegFile implements ImageFile {
  private static final ImageReaderSpi DECODER = Decoding.ofTheJdk("jpeg");
  // A block of 8×8 costs one bit at least, and the luma has a block for every 64 pixels.
  private static final long MOST_PIXELS_IN_BYTE = 8 * 64;

  private final byte[] bytes;
  private final List<Segment> header;
  private final JpegFrame frame;

  private JpegFile(byte[] bytes) throws UnreadableException {
    this.bytes = bytes;
    this.header = JpegSegments.header(bytes);
    this.frame = JpegFrame.of(bytes, header);
  }

  static JpegFile open(byte[] bytes) throws UnreadableException {
    return new JpegFile(bytes);
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
    return false;
  }

  @Override
  public int orientation() {
    return frame.orientation();
  }

  @Override
  public long mostPixels() {
    return MOST_PIXELS_IN_BYTE * bytes.length;
  }

  @Override
  public StoredImage decode() throws UnreadableException, IOException {
    return frame.colors().converted(components());
  }

  /** Returns the components as they are, one channel each. */
  StoredImage components() throws UnreadableException, IOException {
    byte[] samplesOnly = JpegSegments.samplesOnly(bytes, header);
    Raster raster = Decoding.of(DECODER, samplesOnly, decoder -> decoder.readRaster(0, null));
    if (raster.getNumBands() != frame.components()) {
      throw new UnreadableException("damaged JPEG: its components differ from its header's");
    }
    return RasterSamples.of(raster, frame.components());
  }
}
