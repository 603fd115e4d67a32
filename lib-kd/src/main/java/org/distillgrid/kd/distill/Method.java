package org.distillgrid.kd.distill;

import java.util.List;
import java.util.Set;
import org.distillgrid.kd.registry.Named;

/** A distillation method; an extension point. */
public interface Method extends Named {
  /** Returns the constants that a name can set. */
  default List<MethodOption> options() {
    return List.of();
  }

  /** Returns whether it weights the pixel-wise terms of others instead of having terms. */
  default boolean weightsPixels() {
    return false;
  }

  /**
   * Returns whether it has pixel-wise terms, so that {@link StepTensors#pixelWeight} of another
   * method changes its loss.
   *
   * @param values its constants
   */
  default boolean hasPixelTerms(MethodValues values) {
    return false;
  }

  /** Returns whether it can be one of several in a sum. */
  default boolean isSummable() {
    return true;
  }

  /** Returns whether it compares images in the features of a frozen encoder. */
  default boolean readsEncoder() {
    return false;
  }

  /**
   * Returns the keys of those options that are about its {@link #distiller} alone: in a sum, a
   * method that weights pixels cannot have them set, as the others' terms take its place.
   */
  default Set<String> optionsAlone() {
    return Set.of();
  }

  /**
   * Returns the method at work on one student; of a method that weights pixels, what it weights
   * where it stands alone.
   *
   * @param context the student, its teacher and the trial's draws
   * @param values its constants
   */
  Distiller distiller(DistillerContext context, MethodValues values);

  /**
   * Returns the weighting at work on one student; asked for where {@link #weightsPixels}.
   *
   * @param context the student, its teacher and the trial's draws
   * @param values its constants
   */
  default PixelWeighting weighting(DistillerContext context, MethodValues values) {
    throw new IllegalStateException(name() + " does not weight pixels");
  }
}
