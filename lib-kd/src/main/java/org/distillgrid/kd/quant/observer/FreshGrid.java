package org.distillgrid.kd.quant.observer;

import ai.djl.ndarray.NDArray;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.quant.Bounds;
import org.distillgrid.kd.quant.LayerShapes;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.UniformGrid;

/**
 * A weight on the grid of its own least and greatest values as they are at the moment, so that it
 * keeps nothing. Source: PyTorch documents the observer of weights in training as memoryless
 * (known; the code of 1.13 averages it with 0.01 all the same). Steps are taken as constants.
 */
final class FreshGrid implements OperandQuantizer {
  private final Operand operand;
  private final FakeQuantizer fake;

  FreshGrid(Operand operand, FakeQuantizer fake) {
    this.operand = operand;
    this.fake = fake;
  }

  @Override
  public void observe(NDArray w) {}

  @Override
  public void fix() {}

  @Override
  public NDArray quantize(NDArray w) {
    return fake.quantize(w, steps(w));
  }

  @Override
  public UniformGrid grid(NDArray w) {
    Bounds.Steps steps = steps(w);
    return new UniformGrid(
        HostValues.of(steps.scale()),
        HostValues.of(steps.zero()),
        fake.range().lowest(),
        fake.range().highest());
  }

  private Bounds.Steps steps(NDArray w) {
    NDArray rows = LayerShapes.rows(operand, w.stopGradient());
    NDArray low = rows.min(LayerShapes.columns()).reshape(operand.scaleShape());
    NDArray high = rows.max(LayerShapes.columns()).reshape(operand.scaleShape());
    return fake.steps(new Bounds(low, high));
  }
}
