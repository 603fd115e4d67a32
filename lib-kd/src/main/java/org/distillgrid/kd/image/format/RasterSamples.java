package org.distillgrid.kd.image.format;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;

/**
 * Takes the samples of a decoded image as they were stored. {@code BufferedImage.getRGB} would pass
 * grey through a gamma curve.
 */
final class RasterSamples {
  private static final int MOST_BITS = 16;

  private RasterSamples() {}

  static StoredImage of(BufferedImage image) throws UnreadableException {
    ColorModel colors = image.getColorModel();
    Raster raster = image.getRaster();
    if (colors instanceof IndexColorModel palette) {
      return palette(raster, palette);
    }
    int space = colors.getColorSpace().getType();
    if (space == ColorSpace.TYPE_GRAY) {
      return of(raster, 1);
    }
    if (space == ColorSpace.TYPE_RGB && raster.getNumBands() >= 3) {
      return of(raster, 3);
    }
    if (space == ColorSpace.TYPE_CMYK && raster.getNumBands() >= 4) {
      return Inks.rgb(of(raster, 4));
    }
    throw new UnreadableException("its colours are neither grey nor RGB nor CMYK");
  }

  /** Returns the first channels of a raster, brought to 8 bits. */
  static StoredImage of(Raster raster, int channels) throws UnreadableException {
    SampleModel model = raster.getSampleModel();
    int type = model.getDataType();
    boolean isInteger =
        type == DataBuffer.TYPE_BYTE
            || type == DataBuffer.TYPE_USHORT
            || type == DataBuffer.TYPE_INT;
    int bits = model.getSampleSize(0);
    if (!isInteger || bits > MOST_BITS) {
      throw new UnreadableException("samples of more than 16 bits are not supported");
    }
    int size = Math.multiplyExact(raster.getWidth(), raster.getHeight());
    byte[] samples = new byte[Math.multiplyExact(channels, size)];
    for (int channel = 0; channel < channels; channel++) {
      if (model instanceof PixelInterleavedSampleModel interleaved
          && type == DataBuffer.TYPE_BYTE) {
        copyBytes(raster, interleaved, channel, samples);
      } else {
        copyScaled(raster, channel, samples);
      }
    }
    return new StoredImage(channels, raster.getHeight(), raster.getWidth(), samples);
  }

  private static void copyBytes(
      Raster raster, PixelInterleavedSampleModel model, int channel, byte[] samples) {
    DataBufferByte buffer = (DataBufferByte) raster.getDataBuffer();
    byte[] interleaved = buffer.getData();
    int origin =
        buffer.getOffset()
            - raster.getSampleModelTranslateX() * model.getPixelStride()
            - raster.getSampleModelTranslateY() * model.getScanlineStride()
            + model.getBandOffsets()[channel];
    int target = channel * raster.getWidth() * raster.getHeight();
    int stride = model.getPixelStride();
    for (int row = 0; row < raster.getHeight(); row++) {
      int source = origin + row * model.getScanlineStride();
      for (int column = 0; column < raster.getWidth(); column++) {
        samples[target + column] = interleaved[source + column * stride];
      }
      target += raster.getWidth();
    }
  }

  private static void copyScaled(Raster raster, int channel, byte[] samples) {
    int width = raster.getWidth();
    int most = (1 << raster.getSampleModel().getSampleSize(channel)) - 1;
    int[] line = new int[width];
    int target = channel * width * raster.getHeight();
    for (int row = 0; row < raster.getHeight(); row++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + row, width, 1, channel, line);
      for (int column = 0; column < width; column++) {
        samples[target + column] = (byte) ((line[column] * 255 + most / 2) / most);
      }
      target += width;
    }
  }

  private static StoredImage palette(Raster raster, IndexColorModel palette) {
    int width = raster.getWidth();
    int size = Math.multiplyExact(width, raster.getHeight());
    int[] colors = new int[palette.getMapSize()];
    palette.getRGBs(colors);
    int channels = channels(colors);
    byte[] samples = new byte[Math.multiplyExact(channels, size)];
    int[] line = new int[width];
    for (int row = 0; row < raster.getHeight(); row++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + row, width, 1, 0, line);
      for (int channel = 0; channel < channels; channel++) {
        int target = channel * size + row * width;
        for (int column = 0; column < width; column++) {
          samples[target + column] = (byte) (colors[line[column]] >> (16 - 8 * channel));
        }
      }
    }
    return new StoredImage(channels, raster.getHeight(), width, samples);
  }

  private static int channels(int[] colors) {
    for (int color : colors) {
      int red = (color >> 16) & 0xff;
      int green = (color >> 8) & 0xff;
      int blue = color & 0xff;
      if (red != green || green != blue) {
        return 3;
      }
    }
    return 1;
  }
}
