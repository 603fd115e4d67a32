package org.distillgrid.kd.export.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.distillgrid.kd.export.onnx.Tensor;

/** Records quantised operands as pairs of {@code QuantizeLinear} and {@code DequantizeLinear}. */
public final class Quantized {
  private Quantized() {}

  /**
   * The grid of an activation, in integers without a sign.
   *
   * @param scale its step
   * @param zero its zero point
   * @param highest its greatest integer, where the type holds greater ones; the least is 0
   */
  public record Grid(Tensor scale, Tensor zero, Optional<Tensor> highest) {}

  /** Returns an activation that is put onto a grid. */
  public static NDArray activation(Recorder recorder, NDArray activation, Grid grid) {
    Shape shape = activation.getShape();
    Operand scale = new Operand.Stored(grid.scale());
    Operand zero = new Operand.Stored(grid.zero());
    Operand levels =
        recorder.add("QuantizeLinear", shape, List.of(recorder.operand(activation), scale, zero));
    if (grid.highest().isPresent()) {
      // The type's own lower bound is the grid's.
      Operand highest = new Operand.Stored(grid.highest().get());
      levels = recorder.add("Clip", shape, List.of(levels, new Operand.Absent(), highest));
    }
    Operand values = recorder.add("DequantizeLinear", shape, List.of(levels, scale, zero));
    return recorder.array(ArrayHandler.of(activation).real(), values);
  }

  /**
   * Returns a weight that the file holds as integers.
   *
   * @param weight at full precision; only its shape matters
   */
  public static NDArray weight(Recorder recorder, NDArray weight, StoredWeight stored) {
    return recorder.array(ArrayHandler.of(weight).real(), stored.record(recorder));
  }
}
