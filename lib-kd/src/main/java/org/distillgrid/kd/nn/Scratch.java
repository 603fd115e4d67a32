package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.function.UnaryOperator;

/**
 * Frees the intermediate tensors of a piece of a forward pass as soon as it ends, where they would
 * otherwise live as long as the step. The gradient tape holds what it needs of them by itself.
 */
public final class Scratch {
  private Scratch() {}

  /**
   * Returns a piece's output, in the input's manager.
   *
   * @param piece computes its output from an alias of the input; every other tensor that it makes
   *     in the alias's manager is gone afterwards
   */
  public static NDArray run(NDArray input, UnaryOperator<NDArray> piece) {
    NDManager manager = input.getManager();
    try (NDManager scratch = manager.newSubManager()) {
      NDArray alias = input.reshape(input.getShape());
      alias.attach(scratch);
      NDArray output = piece.apply(alias);
      output.attach(manager);
      return output;
    }
  }
}
