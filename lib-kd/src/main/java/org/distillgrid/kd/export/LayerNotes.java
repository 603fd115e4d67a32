package org.distillgrid.kd.export;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.export.onnx.ElementType;
import org.distillgrid.kd.export.onnx.Tensor;
import org.distillgrid.kd.export.trace.Quantized;
import org.distillgrid.kd.export.trace.Recorder;
import org.distillgrid.kd.export.trace.StoredWeight;
import org.distillgrid.kd.nn.Multiplication;
import org.distillgrid.kd.nn.OperandTransform;
import org.distillgrid.kd.nn.WeightedLayer;
import org.distillgrid.kd.quant.OperandGrids;
import org.distillgrid.kd.quant.UniformGrid;

/**
 * Stands where a quantiser stands while a network is recorded: names the layer, and records its
 * operands on their grids.
 */
final class LayerNotes implements OperandTransform {
  private static final long[] NO_DIMS = {};

  private final Recorder recorder;
  private final Multiplication multiplication;
  private final OperandGrids grids;
  private final Optional<Quantized.Grid> left;
  private final Optional<Quantized.Grid> right;

  LayerNotes(Recorder recorder, Multiplication multiplication, OperandGrids grids) {
    this.recorder = recorder;
    this.multiplication = multiplication;
    this.grids = grids;
    this.left = grids.input().map(grid -> activation(multiplication.name() + ".input", grid));
    this.right = rightActivation();
  }

  private Optional<Quantized.Grid> rightActivation() {
    if (multiplication instanceof WeightedLayer) {
      return Optional.empty();
    }
    return grids.weight().map(grid -> activation(multiplication.name() + ".right", grid));
  }

  // Moved so that the least integer is 0: one type serves grids with and without a sign.
  private static Quantized.Grid activation(String name, UniformGrid grid) {
    float zero = grid.zero()[0] - grid.lowest();
    int highest = grid.highest() - grid.lowest();
    if (grid.scale().length != 1 || zero != Math.rint(zero) || highest > 255) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot export %s: its grid of %d steps, zero point %s, has no form in 8 bits",
          name,
          highest,
          grid.zero()[0]);
    }
    Optional<Tensor> bound = Optional.empty();
    if (highest < 255) {
      bound = Optional.of(integer(name + "_highest", highest));
    }
    return new Quantized.Grid(
        Tensor.floats(name + "_scale", NO_DIMS, grid.scale()),
        integer(name + "_zero_point", (int) zero),
        bound);
  }

  private static Tensor integer(String name, int value) {
    return Tensor.integers(name, ElementType.UINT8, NO_DIMS, new int[] {value});
  }

  @Override
  public NDArray input(NDArray input) {
    recorder.label(multiplication.name());
    return left.map(grid -> Quantized.activation(recorder, input, grid)).orElse(input);
  }

  @Override
  public NDArray weight(NDArray weight) {
    if (multiplication instanceof WeightedLayer layer) {
      return grids.weight().map(grid -> stored(layer, weight, grid)).orElse(weight);
    }
    return right.map(grid -> Quantized.activation(recorder, weight, grid)).orElse(weight);
  }

  private NDArray stored(WeightedLayer layer, NDArray weight, UniformGrid grid) {
    long[] dims = layer.weight().shape().getShape();
    int axis = layer.outputAxis();
    IntegerForm form =
        IntegerForm.of(grid, grids.weightValues().orElseThrow(), StoredWeight.channels(dims, axis));
    return Quantized.weight(
        recorder,
        weight,
        new StoredWeight(
            layer.weight().name(),
            form.type(),
            dims,
            axis,
            form.integers(),
            form.scale(),
            form.zero()));
  }
}
