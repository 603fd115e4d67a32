package org.distillgrid.kd.distill;

import java.util.Set;
import org.distillgrid.kd.registry.OptionValues;

/**
 * A method that weights the pixel-wise terms of the others of its sum, and where it stands alone
 * those of a distiller that it brings along.
 */
public non-sealed interface WeightingMethod extends Method {
  /**
   * Returns the weighting at work on one student.
   *
   * @param context the student, its teacher and the trial's draws
   * @param values its constants
   */
  PixelWeighting weighting(DistillerContext context, OptionValues values);

  /**
   * Returns what it weights where it stands alone.
   *
   * @param context the student, its teacher and the trial's draws
   * @param values its constants
   */
  Distiller alone(DistillerContext context, OptionValues values);

  /**
   * Returns the keys of those options that are about {@link #alone}: a sum cannot have them set, as
   * the others' terms take its place.
   */
  default Set<String> optionsAlone() {
    return Set.of();
  }
}
