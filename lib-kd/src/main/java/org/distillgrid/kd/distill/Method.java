package org.distillgrid.kd.distill;

import java.util.List;
import org.distillgrid.kd.registry.Named;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/**
 * What a spec names as its method; an extension point. A method either adds terms to a student's
 * loss ({@link TermMethod}) or weights the pixel-wise terms of others ({@link WeightingMethod}).
 */
public sealed interface Method extends Named permits TermMethod, WeightingMethod {
  /** Returns the constants that a name can set. */
  default List<ValueOption> options() {
    return List.of();
  }

  /**
   * Returns what it reads of the teacher. A trial that reads less than its method declares is only
   * dearer; one that reads more fails.
   *
   * @param values its constants
   */
  TeacherUse teacherUse(OptionValues values);

  /**
   * Checks constants that have to go together.
   *
   * @param values its constants, each allowed by itself
   * @throws org.distillgrid.kd.error.GridException if they make no sense together
   */
  default void check(OptionValues values) {}

  /** Returns whether it compares images in the features of a frozen encoder. */
  default boolean readsEncoder() {
    return false;
  }
}
