package org.distillgrid.kd.export.trace;

import java.util.List;

/** How one length goes with the input's size. */
sealed interface LengthLaw {
  /** It does not. */
  record Fixed(long length) implements LengthLaw {}

  /**
   * {@code factor·(product of axes of the input) + offset}.
   *
   * @param axes places in N×C×H×W
   */
  record OfInput(List<Integer> axes, long factor, long offset) implements LengthLaw {}

  /** {@code factor·(one axis of what a step made)}. */
  record OfResult(Operand.Result result, int axis, long factor) implements LengthLaw {}

  /** What one axis lacks to the next multiple: {@code (−length) mod multiple}. */
  record Missing(Operand of, int axis, long multiple) implements LengthLaw {}
}
