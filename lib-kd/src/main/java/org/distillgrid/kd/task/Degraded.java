package org.distillgrid.kd.task;

import java.util.Optional;
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
}
