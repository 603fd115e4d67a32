package org.distillgrid.kd.quant.observer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.quant.Bounds;
import org.distillgrid.kd.quant.BoundsRule;
import org.distillgrid.kd.quant.LayerShapes;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.QuantizerParameters;
import org.distillgrid.kd.quant.UniformGrid;

/** A fixed grid over the range that an observer found in the calibration batches. */
final class ObservedGrid implements OperandQuantizer {
  private final Operand operand;
  private final BoundsRule observer;
  private final FakeQuantizer fake;
  private final Parameter scale;
  private final Parameter zero;

  /**
   * Makes the quantiser of one operand.
   *
   * @param parameters where step and zero point are kept, as {@code _scale} and {@code _zero}
   */
  ObservedGrid(
      Operand operand, BoundsRule observer, FakeQuantizer fake, QuantizerParameters parameters) {
    this.operand = operand;
    this.observer = observer;
    this.fake = fake;
    this.scale = parameters.fix(operand.name() + "_scale", operand.scaleShape());
    this.zero = parameters.fix(operand.name() + "_zero", operand.scaleShape());
  }

  @Override
  public void observe(NDArray x) {
    observer.observe(LayerShapes.rows(operand, x));
  }

  @Override
  public void fix() {
    try (NDManager scratch = scale.array().getManager().newSubManager()) {
      Bounds.Steps steps = fake.steps(observer.bounds(scratch));
      scale.assign(steps.scale());
      zero.assign(steps.zero());
    }
  }

  @Override
  public NDArray quantize(NDArray x) {
    NDManager step = x.getManager();
    return fake.quantize(x, new Bounds.Steps(scale.in(step), zero.in(step)));
  }

  @Override
  public UniformGrid grid(NDArray x) {
    return new UniformGrid(
        HostValues.of(scale.array()),
        HostValues.of(zero.array()),
        fake.range().lowest(),
        fake.range().highest());
  }
}
