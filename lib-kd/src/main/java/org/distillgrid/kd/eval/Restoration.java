package org.distillgrid.kd.eval;

import java.util.function.Consumer;
import org.distillgrid.kd.image.MatlabBicubic;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.Degraded;
import org.distillgrid.kd.task.Task;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What turns a degraded image back into one of the ground truth's size. */
@FunctionalInterface
public interface Restoration {
  /** What the reference is called where it enlarges: MATLAB's bicubic resize. */
  String BICUBIC_NAME = "bicubic";

  /** What the reference is called at scale 1: the input itself, clamped and rounded. */
  String INPUT_NAME = "input";

  /**
   * Returns the restored image, clamped and rounded to 8 bits.
   *
   * @param draws the generators of what the task adds anew, noise for instance
   */
  PlanarImage restore(Degraded degraded, Draws draws);

  /**
   * Returns the restoration by a network within {@link MemoryBound#STANDARD}; what there is to know
   * about tiles is logged.
   */
  static Restoration by(Network network, Task task) {
    Logger logger = LoggerFactory.getLogger(Restoration.class);
    return by(network, task, MemoryBound.STANDARD, logger::warn);
  }

  /**
   * Returns the restoration by a network, off the gradient tape. An image that would take more
   * memory than the bound is restored in tiles. Where the tiles' overlap covers all that the
   * network sees, the result is that of the whole image.
   *
   * @param notes is told once if tiles are used and their overlap does not cover it
   * @throws org.distillgrid.kd.error.GridException when it restores, if no tile keeps within the
   *     bound
   */
  static Restoration by(Network network, Task task, MemoryBound bound, Consumer<String> notes) {
    return new NetworkRestoration(network, task, bound, notes);
  }

  /**
   * Returns the reference: MATLAB's bicubic resize by the task's scale. At scale 1 there is nothing
   * to enlarge, and the reference is the input itself.
   */
  static Restoration bicubic(Task task) {
    return (degraded, draws) -> {
      PlanarImage stored = degraded.stored();
      float[] input = task.input(stored, draws.at(0, "input"));
      PlanarImage shown =
          UnitRange.image(input, stored.channels(), stored.height(), stored.width());
      if (task.scale() == 1) {
        return shown;
      }
      return degraded
          .exact()
          .map(exact -> MatlabBicubic.upscale(exact, task.scale()).rounded())
          .orElseGet(() -> MatlabBicubic.upscale(shown, task.scale()));
    };
  }

  /** Returns what the scores of {@link #bicubic} are called in tables. */
  static String referenceName(int scale) {
    if (scale == 1) {
      return INPUT_NAME;
    }
    return BICUBIC_NAME;
  }
}
