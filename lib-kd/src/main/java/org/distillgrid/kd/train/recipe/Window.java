package org.distillgrid.kd.train.recipe;

import org.distillgrid.kd.image.PlanarImage;

/**
 * A rectangle of a patch, in pixels of the image that it is laid on.
 *
 * @param row its top edge, counted from 0
 * @param column its left edge likewise
 * @param height at least 1
 * @param width at least 1
 */
public record Window(int row, int column, int height, int width) {
  /** Checks that it has an area. */
  public Window {
    if (row < 0 || column < 0 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "No window: %d×%d at (%d, %d)".formatted(height, width, row, column));
    }
  }

  /** Returns the same rectangle on an image that is so many times as large. */
  public Window times(int scale) {
    return new Window(row * scale, column * scale, height * scale, width * scale);
  }

  /**
   * Checks that it lies within an image.
   *
   * @throws IndexOutOfBoundsException if a part of it lies outside
   */
  public void requireWithin(int imageHeight, int imageWidth) {
    if (height > imageHeight - row || width > imageWidth - column) {
      throw new IndexOutOfBoundsException(
          "%s reaches beyond %d×%d pixels".formatted(this, imageHeight, imageWidth));
    }
  }

  /** Returns a copy of what an image shows in it. */
  public PlanarImage of(PlanarImage image) {
    requireWithin(image.height(), image.width());
    return image.crop(row, column, height, width);
  }
}
