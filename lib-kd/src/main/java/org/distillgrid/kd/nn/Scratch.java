package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.function.UnaryOperator;

/**
 * Frees the intermediate tensors of a piece of a forward pass as soon as it ends, where they would
 * otherwise live as long as the step. The gradient tape holds what it needs of them by itself.
 */
public final class Scratch {
  private static final String KEEPING = "every tensor of a pass";

  private Scratch() {}

  /**
   * Returns a manager in which nothing is freed before it is closed, so that all that a pass makes
   * can be counted.
   */
  public static NDManager keeping(NDManager parent) {
    NDManager manager = parent.newSubManager();
    manager.setName(KEEPING);
    return manager;
  }

  /**
   * Returns a piece's output, in the input's manager.
   *
   * @param piece computes its output from an alias of the input; every other tensor that it makes
   *     in the alias's manager is gone afterwards
   */
  public static NDArray run(NDArray input, UnaryOperator<NDArray> piece) {
    NDManager manager = input.getManager();
    if (KEEPING.equals(manager.getName())) {
      return piece.apply(input);
    }
    try (NDManager scratch = manager.newSubManager()) {
      NDArray alias = input.reshape(input.getShape());
      alias.attach(scratch);
      NDArray output = piece.apply(alias);
      output.attach(manager);
      return output;
    }
  }
}
