package org.distillgrid.kd.eval;

import java.util.Optional;
import java.util.function.Supplier;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.Channels;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.task.Degraded;
import org.distillgrid.kd.task.Task;

/**
 * A ground truth of a test set, read when its turn comes.
 *
 * @param dataset the set's name
 * @param name the image's name within the set
 * @param image reads it
 * @param input reads what networks are shown of it, where that is a file of its own
 */
public record NamedImage(
    String dataset,
    String name,
    Supplier<PlanarImage> image,
    Optional<Supplier<PlanarImage>> input) {
  /** Makes one that the task degrades. */
  public NamedImage(String dataset, String name, Supplier<PlanarImage> image) {
    this(dataset, name, image, Optional.empty());
  }

  /** Returns this ground truth with an input that is a file of its own. */
  public NamedImage withInput(Supplier<PlanarImage> reads) {
    return new NamedImage(dataset, name, image, Optional.of(reads));
  }

  /**
   * Returns what networks are shown of it.
   *
   * @param truth the ground truth as the task uses it
   * @param channels what images are brought to
   * @throws GridException if an input that is read does not fit, or one is given to a task that
   *     makes its own, or none to a task that makes none
   */
  public Degraded degraded(PlanarImage truth, Task task, Channels channels) {
    if (input.isPresent() && !task.readsInputs()) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot take an input from a file: task %s makes its inputs itself",
          task.name());
    }
    return input
        .map(reads -> Degraded.read(channels.of(reads.get()), truth, task.scale()))
        .orElseGet(() -> task.degraded(truth));
  }
}
