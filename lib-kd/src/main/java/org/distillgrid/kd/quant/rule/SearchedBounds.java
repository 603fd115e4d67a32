package org.distillgrid.kd.quant.rule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.quant.Bounds;
import org.distillgrid.kd.quant.BoundsRule;
import org.distillgrid.kd.quant.LayerShapes;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.Range;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/**
 * The bounds with the least squared error ‖x − Q(x)‖₂ among some: both ends drawn towards zero in
 * equal parts, an end at zero staying there.
 *
 * <p>Source: distribution-oriented bound initialisation, 2DQuant, Liu et al., arXiv 2406.06649 (the
 * criterion and a hundred steps known; the path of the two ends reconstructed). Of a batch's row
 * longer than 2¹⁴ values every n-th is taken; a weight is taken whole.
 */
final class SearchedBounds implements BoundsRule {
  private static final String KEY = "search";
  private static final long MOST_VALUES = 1 << 14;

  private final Operand operand;
  private final List<float[]> samples = new ArrayList<>();
  private final long rows;
  private final int steps;

  /**
   * Makes a rule.
   *
   * @param steps how many bounds are tried, 1 upwards
   */
  SearchedBounds(Operand operand, int steps) {
    this.steps = steps;
    this.operand = operand;
    this.rows = operand.scaleShape().size();
  }

  /** Returns the option that says how many bounds are tried. */
  static ValueOption option() {
    return ValueOption.whole(
        KEY, "bounds tried, from the whole range inwards; known", 100, 1, 10_000);
  }

  /** Returns the rule that the option says. */
  static SearchedBounds of(Operand operand, OptionValues values) {
    return new SearchedBounds(operand, values.whole(KEY));
  }

  @Override
  public void observe(NDArray values) {
    NDArray kept = values;
    if (rows == 1) {
      kept = LayerShapes.thinned(values, MOST_VALUES);
    }
    samples.add(HostValues.of(kept));
  }

  @Override
  public Bounds bounds(NDManager manager) {
    try (NDManager scratch = manager.newSubManager()) {
      NDList batches = new NDList();
      for (float[] sample : samples) {
        batches.add(scratch.create(sample, new Shape(rows, sample.length / rows)));
      }
      Bounds found = search(NDArrays.concat(batches, 1));
      found.low().attach(manager);
      found.high().attach(manager);
      return found;
    }
  }

  private Bounds search(NDArray values) {
    NDArray low = values.min(LayerShapes.columns(), true);
    NDArray high = values.max(LayerShapes.columns(), true);
    Range range = Bounds.range(operand);
    NDArray bestPart = low.onesLike();
    NDArray bestError = Scaled.by(Float.MAX_VALUE, low.onesLike());
    for (int step = 0; step < steps; step++) {
      try (NDManager scratch = values.getManager().newSubManager()) {
        float part = 1 - (float) step / steps;
        NDArray seen = values.reshape(values.getShape());
        seen.attach(scratch);
        Bounds drawn = new Bounds(Scaled.by(part, low), Scaled.by(part, high));
        NDArray quantized = drawn.steps(operand).quantized(seen, range);
        NDArray error = quantized.sub(seen).square().mean(LayerShapes.columns(), true);
        NDArray better = error.lt(bestError);
        bestPart = NDArrays.where(better, Scaled.by(part, bestPart.onesLike()), bestPart);
        bestError = NDArrays.where(better, error, bestError);
        bestError.attach(values.getManager());
        bestPart.attach(values.getManager());
      }
    }
    return new Bounds(low.mul(bestPart), high.mul(bestPart));
  }
}
