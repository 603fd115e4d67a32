package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.function.UnaryOperator;

/**
 * Runs a block of a network and frees its intermediate tensors as soon as it ends. What the
 * gradient tape needs of them it keeps itself.
 */
public final class Scratch {
  private Scratch() {}

  /** Returns the block's output for an input, in the input's manager. */
  public static NDArray run(UnaryOperator<NDArray> block, NDArray input) {
    NDManager owner = input.getManager();
    try (NDManager scratch = owner.newSubManager()) {
      // Results belong to the manager of their first operand, so the block sees an alias.
      NDArray alias = input.reshape(input.getShape());
      alias.attach(scratch);
      NDArray output = block.apply(alias);
      output.attach(owner);
      return output;
    }
  }
}
