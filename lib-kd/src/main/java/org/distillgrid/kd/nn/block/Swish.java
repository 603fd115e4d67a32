package org.distillgrid.kd.nn.block;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/** The activation x·sigmoid(x), PyTorch's SiLU. Source: Ramachandran et al., 2017. */
public final class Swish {
  private Swish() {}

  /** Returns the activated features, in the input's manager. */
  public static NDArray of(NDArray input) {
    return input.mul(Activation.sigmoid(input));
  }
}
