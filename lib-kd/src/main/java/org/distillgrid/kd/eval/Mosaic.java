package org.distillgrid.kd.eval;

import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.model.ModelTarget;

/** A restored image that is put together from tiles. */
final class Mosaic {
  private final int scale;
  private final PlanarImage image;

  /**
   * Starts with a black image.
   *
   * @param height rows of the input
   * @param width columns of the input
   */
  Mosaic(ModelTarget target, int height, int width) {
    int channels = target.imageChannels();
    scale = target.scale();
    int rows = Math.multiplyExact(height, scale);
    int columns = Math.multiplyExact(width, scale);
    byte[] samples = new byte[Math.multiplyExact(channels, Math.multiplyExact(rows, columns))];
    image = new PlanarImage(channels, rows, columns, samples);
  }

  /** Copies the part of a restored tile that is kept to its place. */
  void put(PlanarImage tile, Tiling.Span rows, Tiling.Span columns) {
    int length = (columns.to() - columns.from()) * scale;
    int left = (columns.from() - columns.start()) * scale;
    for (int channel = 0; channel < image.channels(); channel++) {
      for (int row = rows.from() * scale; row < rows.to() * scale; row++) {
        int tileRow = channel * tile.height() + row - rows.start() * scale;
        int imageRow = channel * image.height() + row;
        System.arraycopy(
            tile.samples(),
            tileRow * tile.width() + left,
            image.samples(),
            imageRow * image.width() + columns.from() * scale,
            length);
      }
    }
  }

  PlanarImage image() {
    return image;
  }
}
