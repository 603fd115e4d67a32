package org.distillgrid.kd.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.Channels;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.Degraded;
import org.distillgrid.kd.task.Task;

/**
 * Scores restorations on test images: each ground truth is aligned and degraded by the task, or its
 * input read, restored, and compared by the task's judgement or another judge. An image's noise
 * depends on its name alone, so that it is the same for whatever is scored.
 */
public final class Evaluator {
  private final Task task;
  private final Channels channels;
  private final Judge judge;

  private Evaluator(Task task, Channels channels, Judge judge) {
    this.task = task;
    this.channels = channels;
    this.judge = judge;
  }

  /**
   * Returns the evaluator of a task.
   *
   * @param imageChannels 1: the task says what colour images become; 3: grey images are repeated
   */
  public static Evaluator of(Task task, int imageChannels) {
    return new Evaluator(task, task.channels(imageChannels), Judge.by(task.judgement()));
  }

  /** Returns the same with another judge. */
  public Evaluator judgedBy(Judge other) {
    return new Evaluator(task, channels, other);
  }

  /** Returns the scores of a network, image by image. */
  public List<ImageScore> network(Network network, List<NamedImage> images) {
    return scores(Restoration.by(network, task), images, score -> {});
  }

  /** Returns the scores of the bicubic reference, image by image. */
  public List<ImageScore> bicubic(List<NamedImage> images) {
    return scores(Restoration.bicubic(task), images, score -> {});
  }

  /**
   * Returns the scores of a restoration in the order of the images.
   *
   * @param listener is told each score as soon as it is there
   * @throws GridException if an image cannot be scored; the message names it
   */
  public List<ImageScore> scores(
      Restoration restoration, List<NamedImage> images, Consumer<ImageScore> listener) {
    List<ImageScore> scores = new ArrayList<>();
    for (NamedImage image : images) {
      ImageScore score = score(restoration, image);
      listener.accept(score);
      scores.add(score);
    }
    return scores;
  }

  /**
   * Refuses a ground truth that could not be scored.
   *
   * @param leastSide the least height and width of an input that is restored
   * @throws GridException with code INPUT if the task cannot degrade it, the result is too small to
   *     be restored, or nothing of it is judged
   */
  public void require(PlanarImage read, int leastSide) {
    PlanarImage truth = task.align(channels.of(read));
    require(truth, task.degrade(truth), leastSide);
  }

  /**
   * Refuses a ground truth and an input of its own that could not be scored, likewise.
   *
   * @throws GridException with code INPUT if they are too small, or their sizes do not fit
   */
  public void requirePair(PlanarImage read, PlanarImage input, int leastSide) {
    PlanarImage truth = task.align(channels.of(read));
    Degraded degraded = Degraded.read(channels.of(input), truth, task.scale());
    require(truth, degraded.stored(), leastSide);
  }

  private void require(PlanarImage truth, PlanarImage input, int leastSide) {
    if (Math.min(input.height(), input.width()) < leastSide) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot restore an image of %d×%d pixels: a network needs at least %d×%d",
          input.height(),
          input.width(),
          leastSide,
          leastSide);
    }
    judge.require(truth);
  }

  /** Returns the generators of what a task adds to a test image of this name. */
  public static Draws noise(String image) {
    return Draws.of("evaluate/" + image);
  }

  private ImageScore score(Restoration restoration, NamedImage image) {
    PlanarImage read = image.image().get();
    try {
      PlanarImage truth = task.align(channels.of(read));
      Draws draws = noise(image.name());
      PlanarImage restored = restoration.restore(image.degraded(truth, task, channels), draws);
      return new ImageScore(image.dataset(), image.name(), judge.score(truth, restored));
    } catch (GridException e) {
      throw GridException.of(
          e, e.code(), "Cannot score %s/%s: %s", image.dataset(), image.name(), e.getMessage());
    }
  }
}
