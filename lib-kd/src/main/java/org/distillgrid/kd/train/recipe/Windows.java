package org.distillgrid.kd.train.recipe;

import java.io.Serializable;
import java.util.List;

/**
 * How much of a patch each step sees. A window is a square that is cut anew at each step.
 *
 * @param side of a window in pixels of the ground truth; 0: whole patches
 * @param progressive windows and batches that change while the training goes on, the first from 0,
 *     ascending; empty: all steps are alike
 */
public record Windows(int side, List<Span> progressive) implements Serializable {
  /** Whole patches at every step. */
  public static final Windows NONE = new Windows(0, List.of());

  /**
   * Steps that are alike, as far as the next span.
   *
   * @param from fraction of the steps at which they begin, in [0, 1)
   * @param window side of a window in pixels of the ground truth; 0: whole patches
   * @param batch windows a step
   */
  public record Span(double from, int window, int batch) implements Serializable {}

  public Windows {
    progressive = List.copyOf(progressive);
  }

  /** Returns windows of one side at every step. */
  public static Windows of(int side) {
    return new Windows(side, List.of());
  }
}
