package org.distillgrid.kd.eval;

import java.util.function.Consumer;
import org.distillgrid.kd.image.Channels;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.Degraded;
import org.distillgrid.kd.task.Task;

/**
 * A ground truth beside its input, for the eye: what networks are shown of it, and what they make
 * of that, as an {@link Evaluator} does it.
 */
public final class ShownImage {
  private final Task task;
  private final Draws noise;
  private final PlanarImage whole;
  private final PlanarImage truth;
  private final Degraded degraded;

  private ShownImage(Task task, Draws noise, PlanarImage whole, Channels channels, NamedImage of) {
    this.task = task;
    this.noise = noise;
    this.whole = whole;
    this.truth = task.align(whole);
    this.degraded = of.degraded(truth, task, channels);
  }

  /**
   * Reads and degrades an image.
   *
   * @param imageChannels those of the networks: a run on grey images restores the grey of a colour
   *     image
   */
  public static ShownImage of(NamedImage image, Task task, int imageChannels) {
    Channels channels = task.channels(imageChannels);
    PlanarImage whole = channels.of(image.image().get());
    return new ShownImage(task, Evaluator.noise(image.name()), whole, channels, image);
  }

  /** Returns the ground truth as it was read, in the networks' channels. */
  public PlanarImage whole() {
    return whole;
  }

  /** Returns the ground truth as the task compares with it. */
  public PlanarImage truth() {
    return truth;
  }

  /** Returns what networks are shown: smaller than the ground truth by the task's scale. */
  public PlanarImage input() {
    if (task.scale() > 1) {
      return degraded.stored();
    }
    // At scale 1 the stored image is still clean; what is added anew makes it the input.
    return Restoration.bicubic(task).restore(degraded, noise);
  }

  /**
   * Returns what a network makes of it.
   *
   * @param memory what it may take; larger images are restored in tiles
   * @param notes takes what there is to know about tiles
   */
  public PlanarImage restoredBy(Network network, MemoryBound memory, Consumer<String> notes) {
    return Restoration.by(network, task, memory, notes).restore(degraded, noise);
  }
}
