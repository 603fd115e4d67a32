package org.distillgrid.kd.task;

import java.util.Optional;
import org.distillgrid.kd.image.PlanarImage;

/** Images whose height and width are multiples of a scale. */
final class ScaleMultiple {
  private ScaleMultiple() {}

  /** Returns an image without what is too much at the right and at the bottom, if any is left. */
  static Optional<PlanarImage> of(PlanarImage image, int scale) {
    int height = image.height() - image.height() % scale;
    int width = image.width() - image.width() % scale;
    if (height == 0 || width == 0) {
      return Optional.empty();
    }
    if (height == image.height() && width == image.width()) {
      return Optional.of(image);
    }
    return Optional.of(image.crop(0, 0, height, width));
  }
}
