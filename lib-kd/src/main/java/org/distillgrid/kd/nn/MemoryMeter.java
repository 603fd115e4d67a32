package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Counts the bytes of all tensors that an inference holds at once: after every product of operands
 * and at the end of every stage. Views of a tensor count as if they were copies; what PyTorch takes
 * inside one operation is not seen.
 */
public final class MemoryMeter implements StageWatch {
  private final NDManager owner;
  private final Set<NDArray> aliases = Collections.newSetFromMap(new IdentityHashMap<>());
  private long peak;

  private MemoryMeter(NDManager owner) {
    this.owner = owner;
  }

  /**
   * Returns the most bytes at once.
   *
   * @param products the layers after which it is counted; what was attached to them is gone
   *     afterwards
   * @param input alone in its manager
   */
  public static long peak(
      Architecture network, List<? extends Multiplication> products, NDArray input) {
    MemoryMeter meter = new MemoryMeter(input.getManager());
    try {
      products.forEach(product -> product.attach(meter.new Operands(product)));
      Inference.watched(network, input, meter).orElseThrow().close();
    } finally {
      products.forEach(product -> product.attach(null));
    }
    return meter.peak;
  }

  @Override
  public void began(Collection<NDArray> seenTwice) {
    aliases.addAll(seenTwice);
  }

  @Override
  public boolean goesOn(NDArray left) {
    note(0);
    return true;
  }

  private void note(long coming) {
    long held =
        owner.getManagedArrays().stream()
            .filter(array -> !aliases.contains(array))
            .mapToLong(array -> array.size() * array.getDataType().getNumOfBytes())
            .sum();
    peak = Math.max(peak, held + coming);
  }

  /** Counts when both operands of a product are there and its output is about to be. */
  private final class Operands implements OperandTransform {
    private final Multiplication product;
    private NDArray left;

    Operands(Multiplication product) {
      this.product = product;
    }

    @Override
    public NDArray input(NDArray operand) {
      left = operand;
      return operand;
    }

    @Override
    public NDArray weight(NDArray right) {
      if (product instanceof WeightedLayer) {
        aliases.add(right);
      }
      Shape output = product.outputShape(left.getShape(), right.getShape());
      note(output.size() * left.getDataType().getNumOfBytes());
      return right;
    }
  }
}
