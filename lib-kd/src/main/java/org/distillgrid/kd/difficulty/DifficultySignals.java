package org.distillgrid.kd.difficulty;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * The four difficulty signals of SPARK (arXiv 2606.15243) on a grid of 8×8 cells unless asked
 * otherwise. Source: the paper names the signals; reconstructed: with AP = adaptive average pooling
 * and L = the Laplacian of the target's luma,
 *
 * <ul>
 *   <li>Laplacian variance AP(L²) − AP(L)²,
 *   <li>pixel variance mean over channels of AP(Y²) − AP(Y)²,
 *   <li>student error AP(mean over channels of |S − Y|),
 *   <li>teacher gap AP(mean over channels of |S − T|).
 * </ul>
 *
 * <p>The Laplacian repeats the border pixels. A grey target is its own luma.
 */
public final class DifficultySignals {
  /** Cells along each side of the grid. */
  public static final int GRID = 8;

  /** How many signals there are. */
  public static final int COUNT = 4;

  private static final float EPSILON = 1e-8f;

  // BT.601 for values in [0, 1]; the offset of 16 is left out because the Laplacian ignores it.
  private static final float[] LUMA = {65.481f / 255, 128.553f / 255, 24.966f / 255};

  private DifficultySignals() {}

  /**
   * Returns the raw signals in the order of the class comment, N×4×8×8, off the gradient tape and
   * in the target's manager.
   *
   * @param target the ground truth in [0, 1], N×C×H×W with one or three channels
   * @param student the student's output, of the same shape
   * @param teacher the teacher's output, of the same shape
   */
  public static NDArray raw(NDArray target, NDArray student, NDArray teacher) {
    return raw(target, student, teacher, GRID);
  }

  /**
   * Returns the raw signals on a grid of another size, N×4×G×G.
   *
   * @param grid cells along each side
   */
  public static NDArray raw(NDArray target, NDArray student, NDArray teacher, int grid) {
    NDArray truth = target.stopGradient();
    NDArray restored = student.stopGradient();
    NDArray gap = restored.sub(teacher.stopGradient()).abs();
    NDArray error = restored.sub(truth).abs();
    Shape cells = new Shape(grid, grid);
    NDArray pixels = variance(truth, cells).mean(new int[] {1}, true);
    return NDArrays.concat(
        new NDList(
            variance(laplacian(luma(truth)), cells),
            pixels,
            pooled(error.mean(new int[] {1}, true), cells),
            pooled(gap.mean(new int[] {1}, true), cells)),
        1);
  }

  /**
   * Returns each map brought to 0..1 by its own least and greatest value: (d − min)/(max − min +
   * 1e-8).
   *
   * @param raw maps, N×K×h×w
   */
  public static NDArray normalized(NDArray raw) {
    Shape shape = raw.getShape();
    NDArray rows = raw.reshape(shape.get(0), shape.get(1), shape.get(2) * shape.get(3));
    NDArray least = rows.min(new int[] {2}, true);
    NDArray range = rows.max(new int[] {2}, true).sub(least);
    return rows.sub(least).div(range.add(EPSILON)).reshape(shape);
  }

  // Rounding can leave a tiny negative number where a cell is flat.
  private static NDArray variance(NDArray values, Shape cells) {
    NDArray squared = pooled(values, cells).square();
    return pooled(values.square(), cells).sub(squared).clip(0, Float.MAX_VALUE);
  }

  private static NDArray luma(NDArray image) {
    if (image.getShape().get(1) == 1) {
      return image;
    }
    NDArray weights = image.getManager().create(LUMA, new Shape(1, LUMA.length, 1, 1));
    return image.mul(weights).sum(new int[] {1}, true);
  }

  private static NDArray laplacian(NDArray plane) {
    long height = plane.getShape().get(2);
    long width = plane.getShape().get(3);
    NDArray above = joined(2, part(plane, 2, 0, 1), part(plane, 2, 0, height - 1));
    NDArray below = joined(2, part(plane, 2, 1, height), part(plane, 2, height - 1, height));
    NDArray left = joined(3, part(plane, 3, 0, 1), part(plane, 3, 0, width - 1));
    NDArray right = joined(3, part(plane, 3, 1, width), part(plane, 3, width - 1, width));
    NDArray twice = plane.add(plane);
    return above.add(below).add(left).add(right).sub(twice.add(twice));
  }

  private static NDArray joined(int axis, NDArray first, NDArray second) {
    return NDArrays.concat(new NDList(first, second), axis);
  }

  private static NDArray part(NDArray plane, int axis, long from, long to) {
    if (axis == 2) {
      return plane.get(":,:,{}:{}", from, to);
    }
    return plane.get(":,:,:,{}:{}", from, to);
  }

  private static NDArray pooled(NDArray values, Shape cells) {
    return JniUtils.adaptiveAvgPool((PtNDArray) values, cells);
  }
}
