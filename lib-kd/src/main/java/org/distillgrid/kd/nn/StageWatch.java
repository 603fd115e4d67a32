package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;
import java.util.Collection;

/** Sees the stages of an inference: the head, each segment and the tail. */
interface StageWatch {
  /** Is told of the second names under which a stage sees tensors that outlive it. */
  default void began(Collection<NDArray> aliases) {}

  /** Returns whether to go on after a stage has left features or, at the end, the output. */
  boolean goesOn(NDArray left);
}
