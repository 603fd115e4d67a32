package org.distillgrid.kd.eval;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.Inference;

/**
 * What a forward pass of a network takes, counted on a small image: every tensor that is held at
 * once, and as much again as PyTorch was seen to take inside its operations.
 *
 * @param bytesPerPixel for one pixel of the input
 */
record PassMemory(long bytesPerPixel) {
  private static final int SIDE = 32;
  private static final double OPERATIONS = 1.25;

  /** Counts for a network, quantisers included. */
  static PassMemory of(Network network) {
    try (NDManager pass = network.parameters().flat().getManager().newSubManager()) {
      Shape shape = new Shape(1, network.target().imageChannels(), SIDE, SIDE);
      long bytes = Inference.peakBytes(network.architecture(), pass.zeros(shape));
      return new PassMemory(Math.round(bytes * OPERATIONS / (SIDE * SIDE)));
    }
  }

  /** Returns the pixels of the largest input that keeps within a bound. */
  long pixels(MemoryBound bound) {
    return bound.bytes() / bytesPerPixel;
  }
}
