package org.distillgrid.kd.distill.mipkd;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.distillgrid.kd.nn.Conv2d;

/** An encoder or a decoder: conv–ReLU–conv. */
record Coder(Conv2d first, Conv2d second) {
  NDArray forward(NDArray features) {
    return second.forward(Activation.relu(first.forward(features)));
  }
}
