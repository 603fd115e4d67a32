package org.distillgrid.kd.registry;

import java.util.List;

/** What a name such as {@code edsr-c64-b16} can carry after its family: letters and a number. */
public interface NameOption {
  /** Returns its letters. */
  String key();

  /** Returns what it sets, for {@code distill-grid list}. */
  String help();

  /**
   * Returns its numbers when a name leaves it out; one unless it takes several, none where it then
   * has no value.
   */
  List<Double> standard();

  /** Returns the least number allowed. */
  double least();

  /** Returns the greatest number allowed. */
  double most();

  /** Returns whether it takes a list of numbers, with an x between two. */
  default boolean takesSeveral() {
    return false;
  }
}
