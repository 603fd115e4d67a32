package org.distillgrid.kd.quant.observer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.quant.Bounds;
import org.distillgrid.kd.quant.BoundsRule;
import org.distillgrid.kd.quant.LayerShapes;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.QuantizerParameters;
import org.distillgrid.kd.quant.UniformGrid;

/**
 * An activation on the grid of a moving least and greatest value, {@code m ← m + c·(min x − m)},
 * which begins with the calibration batches and goes on with every step of a training. Source:
 * {@code FakeQuantize} with a {@code MovingAverageMinMaxObserver} (known).
 */
final class MovingGrid implements OperandQuantizer {
  private final Operand operand;
  private final double average;
  private final FakeQuantizer fake;
  private final BoundsRule first;
  private final Parameter least;
  private final Parameter greatest;

  /**
   * Makes the quantiser of one activation.
   *
   * @param average c, the weight of a new batch
   * @param parameters where the moving values are kept, as {@code _least} and {@code _greatest}
   */
  MovingGrid(Operand operand, double average, FakeQuantizer fake, QuantizerParameters parameters) {
    this.operand = operand;
    this.average = average;
    this.fake = fake;
    this.first = MovingBounds.of(operand, average);
    this.least = parameters.observe(operand.name() + "_least", operand.scaleShape());
    this.greatest = parameters.observe(operand.name() + "_greatest", operand.scaleShape());
  }

  @Override
  public void observe(NDArray x) {
    first.observe(LayerShapes.rows(operand, x));
  }

  @Override
  public void fix() {
    try (NDManager scratch = manager().newSubManager()) {
      Bounds bounds = first.bounds(scratch);
      least.assign(bounds.low());
      greatest.assign(bounds.high());
    }
  }

  @Override
  public void follow(NDArray x) {
    NDArray rows = LayerShapes.rows(operand, x.stopGradient());
    move(least, rows.min(LayerShapes.columns()));
    move(greatest, rows.max(LayerShapes.columns()));
  }

  private void move(Parameter moving, NDArray seen) {
    NDArray before = moving.in(seen.getManager());
    NDArray way = seen.reshape(operand.scaleShape()).sub(before);
    moving.assign(before.add(Scaled.by(average, way)));
  }

  @Override
  public NDArray quantize(NDArray x) {
    return fake.quantize(x, steps(x.getManager()));
  }

  @Override
  public UniformGrid grid(NDArray x) {
    try (NDManager scratch = manager().newSubManager()) {
      Bounds.Steps steps = steps(scratch);
      return new UniformGrid(
          HostValues.of(steps.scale()),
          HostValues.of(steps.zero()),
          fake.range().lowest(),
          fake.range().highest());
    }
  }

  private Bounds.Steps steps(NDManager step) {
    return fake.steps(new Bounds(least.in(step), greatest.in(step)));
  }

  private NDManager manager() {
    return least.array().getManager();
  }
}
