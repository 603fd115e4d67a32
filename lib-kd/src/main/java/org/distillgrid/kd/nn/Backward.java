package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * A backward pass that leaves the gradient tape for another one; DJL's collector always ends it.
 * The one that follows frees the tape.
 */
public final class Backward {
  private Backward() {}

  /**
   * Adds the gradients of a loss to those of the leaves. A gradient collector must be open.
   *
   * @param loss a scalar
   */
  public static void keepingTape(NDArray loss) {
    try (NDManager scratch = loss.getManager().newSubManager()) {
      NDArray one = scratch.ones(loss.getShape());
      JniUtils.backward((PtNDArray) loss, (PtNDArray) one, true, false);
    }
  }
}
