package org.example;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.quant.Bounds;
import org.distillgrid.kd.quant.BoundsRule;
import org.distillgrid.kd.quant.LayerShapes;

/** The root mean square of all batches, times a width, both ways. */
final class SpreadBounds implements BoundsRule {
  private final double width;
  private final List<float[]> meanSquares = new ArrayList<>();

  SpreadBounds(double width) {
    this.width = width;
  }

  @Override
  public void observe(NDArray rows) {
    meanSquares.add(rows.square().mean(LayerShapes.columns()).toFloatArray());
  }

  @Override
  public Bounds bounds(NDManager manager) {
    NDArray batches = manager.create(meanSquares.toArray(float[][]::new));
    NDArray spread = batches.mean(new int[] {0}).sqrt().reshape(new Shape(-1, 1));
    NDArray high = Scaled.by(width, spread);
    return new Bounds(high.neg(), high);
  }
}
