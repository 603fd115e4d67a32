package org.example;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.quant.LayerShapes;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.QuantizerFamily;
import org.distillgrid.kd.quant.QuantizerParameters;
import org.distillgrid.kd.quant.Range;
import org.distillgrid.kd.quant.StraightThrough;
import org.distillgrid.kd.quant.UniformGrid;
import org.distillgrid.kd.quant.rule.MinMax;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/**
 * A quantiser as a jar of one's own has it, with a grid of its own: ranges of weights are some root
 * mean squares around zero, and follow them as they train. Activations are left to another family.
 */
public final class Spread implements QuantizerFamily {
  private static final String WIDTH = "width";

  @Override
  public String name() {
    return "spread";
  }

  @Override
  public String help() {
    return "QAT: ranges of some root mean squares around zero";
  }

  @Override
  public Kind kind() {
    return Kind.QUANTIZATION_AWARE;
  }

  @Override
  public List<ValueOption> options() {
    return List.of(
        ValueOption.number(WIDTH, "root mean squares from zero to the range's end", 3, 0.1, 10));
  }

  @Override
  public OperandQuantizer weight(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    return new Weight(operand, Range.signed(operand.bits()), values.number(WIDTH));
  }

  @Override
  public OperandQuantizer activation(
      Operand operand, OptionValues values, QuantizerParameters parameters) {
    return new MinMax().activation(operand, values, parameters);
  }

  /** {@code y = clip(round(w/s), Q_N, Q_P)·s}, s = width·√mean(w²)/Q_P, taken as a constant. */
  private record Weight(Operand operand, Range range, double width) implements OperandQuantizer {
    private static final float LEAST = 1e-8f;

    @Override
    public void observe(NDArray w) {}

    @Override
    public void fix() {}

    @Override
    public NDArray quantize(NDArray w) {
      NDArray s = step(w);
      return StraightThrough.round(w.div(s)).clip(range.lowest(), range.highest()).mul(s);
    }

    @Override
    public UniformGrid grid(NDArray w) {
      float[] steps = step(w).toFloatArray();
      return new UniformGrid(steps, new float[steps.length], range.lowest(), range.highest());
    }

    private NDArray step(NDArray w) {
      NDArray rows = LayerShapes.rows(operand, w.stopGradient());
      NDArray spread = rows.square().mean(LayerShapes.columns()).sqrt();
      return Scaled.by(width / range.highest(), spread)
          .clip(LEAST, Float.MAX_VALUE)
          .reshape(operand.scaleShape());
    }
  }
}
