package org.distillgrid.kd.quant;

import java.util.Optional;

/**
 * What the quantisers of one multiplication come to, as they are now.
 *
 * @param weight the grid of a layer's weight, or of the right operand of a product of activations;
 *     absent where it stays at full precision
 * @param weightValues the fake-quantised weight in order; absent for a product, or where the weight
 *     stays at full precision
 * @param input the grid of a layer's input, or of the left operand; absent likewise
 */
public record OperandGrids(
    Optional<UniformGrid> weight, Optional<float[]> weightValues, Optional<UniformGrid> input) {
  /** Returns what a multiplication without quantisers has. */
  public static OperandGrids none() {
    return new OperandGrids(Optional.empty(), Optional.empty(), Optional.empty());
  }
}
