package org.distillgrid.kd.train.patches;

import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.task.Degraded;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.train.recipe.Window;

/**
 * One image as pairs of patches: the whole image is degraded first, or its input was read, then
 * ground truth and input are cut alike. Patches lie on the grid of the stride; what is left at the
 * right and at the bottom gives none. A patch is copied only when it is asked for.
 */
public final class CutImage implements PatchSource {
  private final PlanarImage target;
  private final PlanarImage input;
  private final int scale;
  private final int patch;
  private final int stride;
  private final int columns;

  private CutImage(PlanarImage target, PlanarImage input, int scale, int patch, int stride) {
    this.target = target;
    this.input = input;
    this.scale = scale;
    this.patch = patch;
    this.stride = stride;
    this.columns = 1 + (target.width() - patch) / stride;
  }

  /**
   * Degrades an image and lays the grid over it.
   *
   * @param patch side of a ground-truth patch in pixels, a multiple of the scale
   * @param stride distance between patches in ground-truth pixels, a multiple of the scale
   * @throws GridException of code INPUT if the image is smaller than a patch
   */
  public static CutImage of(PlanarImage image, Task task, int patch, int stride) {
    PlanarImage target = aligned(image, task, patch);
    return new CutImage(target, task.degrade(target), task.scale(), patch, stride);
  }

  /**
   * Lays the grid over an image whose input is read, likewise.
   *
   * @throws GridException of code INPUT if the image is smaller than a patch, or the input's size
   *     does not fit
   */
  public static CutImage ofPair(
      PlanarImage image, PlanarImage input, Task task, int patch, int stride) {
    PlanarImage target = aligned(image, task, patch);
    PlanarImage stored = Degraded.read(input, target, task.scale()).stored();
    return new CutImage(target, stored, task.scale(), patch, stride);
  }

  private static PlanarImage aligned(PlanarImage image, Task task, int patch) {
    PlanarImage target = task.align(image);
    if (target.height() < patch || target.width() < patch) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot cut image: %d×%d pixels are smaller than a patch of %d",
          target.width(),
          target.height(),
          patch);
    }
    return target;
  }

  @Override
  public int size() {
    return columns * (1 + (target.height() - patch) / stride);
  }

  /** Returns the row of the ground truth at which a patch begins. */
  public int row(int index) {
    return index / columns * stride;
  }

  /** Returns the column of the ground truth at which a patch begins. */
  public int column(int index) {
    return index % columns * stride;
  }

  @Override
  public int image(int index) {
    return 0;
  }

  @Override
  public Pair pair(int index) {
    int side = patch / scale;
    return pair(index, new Window(0, 0, side, side));
  }

  @Override
  public Pair pair(int index, Window window) {
    int side = patch / scale;
    window.requireWithin(side, side);
    int row = row(index) / scale + window.row();
    int column = column(index) / scale + window.column();
    Window inImage = new Window(row, column, window.height(), window.width());
    return new Pair(inImage.of(input), inImage.times(scale).of(target));
  }
}
