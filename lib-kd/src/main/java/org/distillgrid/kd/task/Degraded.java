package org.distillgrid.kd.task;

import java.util.Optional;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.Plane;

/**
 * What a task made of an image that is to be restored and judged.
 *
 * @param stored in 8 bits, as files and patch tables hold it
 * @param exact its one channel before it was rounded to 8 bits, on the scale 0..255, where the
 *     field's evaluation shows that to networks
 */
public record Degraded(PlanarImage stored, Optional<Plane> exact) {
  /** Returns what is known in 8 bits only. */
  public static Degraded of(PlanarImage stored) {
    return new Degraded(stored, Optional.empty());
  }

  /**
   * Returns an input that was read instead of made.
   *
   * @param aligned its target, as the task uses it
   * @param scale target size over input size
   * @throws GridException with code INPUT if its size is not that of the target over the scale
   */
  public static Degraded read(PlanarImage input, PlanarImage aligned, int scale) {
    int height = aligned.height() / scale;
    int width = aligned.width() / scale;
    if (input.height() != height || input.width() != width) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot pair images: at scale %d the input of a target of %d×%d pixels has %d×%d, found"
              + " %d×%d",
          scale,
          aligned.height(),
          aligned.width(),
          height,
          width,
          input.height(),
          input.width());
    }
    return of(input);
  }
}
