package org.distillgrid.kd.distill.spark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.Shifted;

/** How much better an output is than the one before. Reconstructed. */
enum Gain {
  /** PSNR(after) − PSNR(before) of each image in dB, outputs not clamped. */
  PSNR {
    @Override
    NDArray of(NDArray before, NDArray after, NDArray target, int grid) {
      NDArray square = Shifted.by(EPSILON, PerImage.mean(before.sub(target).square()));
      NDArray left = Shifted.by(EPSILON, PerImage.mean(after.sub(target).square()));
      return Scaled.by(DECIBEL, square.div(left).log10());
    }
  },
  /** (L1(before) − L1(after))/L1(before) of each image. */
  RELATIVE_L1 {
    @Override
    NDArray of(NDArray before, NDArray after, NDArray target, int grid) {
      NDArray error = PerImage.mean(before.sub(target).abs());
      NDArray left = PerImage.mean(after.sub(target).abs());
      return error.sub(left).div(Shifted.by(EPSILON, error));
    }
  },
  /** The relative gain of each cell: its own gain of L1 over L1(before) of its whole image. */
  SPATIAL_L1 {
    @Override
    NDArray of(NDArray before, NDArray after, NDArray target, int grid) {
      NDArray error = before.sub(target).abs();
      NDArray gained = error.sub(after.sub(target).abs()).mean(new int[] {1}, true);
      NDArray cells = JniUtils.adaptiveAvgPool((PtNDArray) gained, new Shape(grid, grid));
      return cells.div(Shifted.by(EPSILON, PerImage.mean(error)));
    }
  };

  private static final float EPSILON = 1e-10f;
  private static final double DECIBEL = 10;

  /**
   * Returns the gains, N×1×1×1 or, of cells, N×1×G×G, in the manager of the output before.
   *
   * @param before an output, N×C×H×W
   * @param after an output after an update
   * @param target the ground truth
   * @param grid cells along each side
   */
  abstract NDArray of(NDArray before, NDArray after, NDArray target, int grid);
}
