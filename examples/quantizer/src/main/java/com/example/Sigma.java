package com.example;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.quant.Bounds;
import org.distillgrid.kd.quant.BoundsRule;
import org.distillgrid.kd.quant.CalibratedGrid;
import org.distillgrid.kd.quant.LayerShapes;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.QuantizerFamily;
import org.distillgrid.kd.quant.QuantizerParameters;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/**
 * Quantisation of the range {@code mean ± width·σ} of what calibration saw, no wider than from its
 * least to its greatest value; the network then trains on that grid. Reconstructed: there is no
 * paper behind it.
 */
public final class Sigma implements QuantizerFamily {
  private static final String WIDTH = "width";

  @Override
  public String name() {
    return "sigma";
  }

  @Override
  public String help() {
    return "QAT: ranges of some standard deviations around the mean";
  }

  @Override
  public Kind kind() {
    return Kind.QUANTIZATION_AWARE;
  }

  @Override
  public Ranges ranges() {
    return Ranges.SELECTABLE;
  }

  @Override
  public List<ValueOption> options() {
    return List.of(
        ValueOption.number(WIDTH, "standard deviations from the mean to an end", 3, 0.5, 10));
  }

  @Override
  public OperandQuantizer weight(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    return new CalibratedGrid(operand, new Spread(values.number(WIDTH)), parameters);
  }

  @Override
  public OperandQuantizer activation(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    return new CalibratedGrid(operand, new Spread(values.number(WIDTH)), parameters);
  }

  /** Keeps four numbers a batch and scale, on the host. */
  private static final class Spread implements BoundsRule {
    private final double width;
    private final List<float[]> means = new ArrayList<>();
    private final List<float[]> squares = new ArrayList<>();
    private final List<float[]> least = new ArrayList<>();
    private final List<float[]> greatest = new ArrayList<>();

    Spread(double width) {
      this.width = width;
    }

    @Override
    public void observe(NDArray rows) {
      means.add(rows.mean(LayerShapes.columns()).toFloatArray());
      squares.add(rows.square().mean(LayerShapes.columns()).toFloatArray());
      least.add(rows.min(LayerShapes.columns()).toFloatArray());
      greatest.add(rows.max(LayerShapes.columns()).toFloatArray());
    }

    @Override
    public Bounds bounds(NDManager manager) {
      int[] batches = {0};
      NDArray mean = table(means, manager).mean(batches);
      NDArray variance = table(squares, manager).mean(batches).sub(mean.square());
      NDArray reach = Scaled.by(width, variance.clip(0, Float.MAX_VALUE).sqrt());
      NDArray low = mean.sub(reach).maximum(table(least, manager).min(batches));
      NDArray high = mean.add(reach).minimum(table(greatest, manager).max(batches));
      Shape column = new Shape(-1, 1);
      return new Bounds(low.reshape(column), high.reshape(column));
    }

    private static NDArray table(List<float[]> batches, NDManager manager) {
      return manager.create(batches.toArray(float[][]::new));
    }
  }
}
