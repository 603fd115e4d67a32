package org.distillgrid.kd.export.trace;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * What one run of a network did.
 *
 * @param input the input's shape
 * @param steps in the order in which they ran
 * @param output which step made the output
 */
public record Trace(Shape input, List<Step> steps, Operand.Result output) {
  public Trace {
    steps = List.copyOf(steps);
  }

  /** Returns the output's shape. */
  public Shape outputShape() {
    return steps.get(output.step()).shapes().get(output.output());
  }
}
