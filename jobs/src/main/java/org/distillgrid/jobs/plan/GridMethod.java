package org.distillgrid.jobs.plan;

import java.util.List;
import org.distillgrid.jobs.spec.Catalog;

/**
 * A method as a grid names it: {@code logits}, or with lists of values to choose from, {@code
 * fakd(weight=[0.004, 0.04])}. One with lists is tuned.
 *
 * @param spelling its one spelling, lists in the order in which they are written
 * @param candidates what is chosen from, in the order in which it is named: the last list varies
 *     fastest; a single one where there is nothing to choose
 */
public record GridMethod(String spelling, List<Candidate> candidates) {
  public GridMethod {
    candidates = List.copyOf(candidates);
  }

  /**
   * Parses a method, without its label.
   *
   * @throws org.distillgrid.kd.error.GridException if it is unknown, or a list makes no sense
   */
  public static GridMethod parse(String text, Catalog catalog) {
    return new MethodLists(text, catalog).method();
  }

  /** Returns whether there is something to choose. */
  boolean isTuned() {
    return candidates.size() > 1;
  }
}
