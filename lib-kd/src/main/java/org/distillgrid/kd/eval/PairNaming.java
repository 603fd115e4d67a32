package org.distillgrid.kd.eval;

import java.util.Collection;
import java.util.Optional;

/** Which name among restored images belongs to a ground truth. */
public interface PairNaming {
  /**
   * Returns the restored image of a ground truth, if there is one.
   *
   * @param reference the ground truth's name without its ending
   * @param restored the names to choose from, likewise
   * @throws org.distillgrid.kd.error.GridException with code INPUT if several might be meant
   */
  Optional<String> partner(String reference, Collection<String> restored);

  /**
   * Returns the naming of the field: equal names first; then names that differ in what its tools
   * append, such as {@code 0801} and {@code 0801x2}, {@code baby} and {@code baby_SwinIR}, {@code
   * a_gt} and {@code a_lq}.
   */
  static PairNaming byFieldSuffixes() {
    return new FieldSuffixes();
  }

  /**
   * Returns the naming that a pattern gives: {@code {}} stands for the ground truth's name in the
   * restored image's; where the ground truth's name has a suffix of its own, both are given with a
   * colon between, {@code {}_gt:{}_lq}.
   *
   * @throws org.distillgrid.kd.error.GridException with code USAGE if it is no such pattern
   */
  static PairNaming byPattern(String pattern) {
    return NamePattern.of(pattern);
  }
}
