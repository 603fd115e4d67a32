package org.distillgrid.kd.eval;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.MemoryMeter;
import org.distillgrid.kd.nn.Multiplication;
import org.distillgrid.kd.random.Draws;

/**
 * What a forward pass of a network takes: the tensors that it holds at once, counted on a small
 * image, times a margin for what PyTorch takes inside operations and what its allocator keeps.
 *
 * @param bytesPerPixel for one pixel of the input
 */
public record PassMemory(long bytesPerPixel) {
  private static final int SIDE = 32;

  // What the process grew by on a CPU was 0.9 to 2.1 times what is counted; docs/inference.md.
  private static final double MARGIN = 2.25;

  /** Counts for a network, quantisers included. */
  public static PassMemory of(Network network) {
    // Between the ends of stages a copy is counted: counting takes quantisers out.
    long bytes = Math.max(peak(network, List.of()), peakOfCopy(network));
    return new PassMemory(Math.round(bytes * MARGIN / (SIDE * SIDE)));
  }

  private static long peakOfCopy(Network network) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        Network copy =
            Network.build(
                network.name().canonical(), network.target(), Draws.of("memory"), manager)) {
      return peak(copy, copy.multiplications());
    }
  }

  private static long peak(Network network, List<Multiplication> products) {
    try (NDManager pass = network.parameters().flat().getManager().newSubManager()) {
      Shape shape = new Shape(1, network.target().imageChannels(), SIDE, SIDE);
      return MemoryMeter.peak(network.architecture(), products, pass.zeros(shape));
    }
  }

  /** Returns the pixels of the largest input that keeps within a bound. */
  long pixels(MemoryBound bound) {
    return bound.bytes() / bytesPerPixel;
  }
}
