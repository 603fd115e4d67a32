package org.distillgrid.kd.task;

import java.io.Serializable;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.image.Channels;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;

/**
 * One restoration problem, for instance super-resolution ×2. The part of the degradation that is
 * the same every time happens once, in {@link #degrade}; what must be drawn anew (noise) happens in
 * {@link #input}.
 */
public interface Task extends Serializable {
  /** Returns its name in full, for instance {@code sr} or {@code denoise-s25}. */
  String name();

  /** Returns target size over input size: 2 for super-resolution ×2, 1 for denoising. */
  default int scale() {
    return 1;
  }

  /**
   * Returns whether inputs are files of their own beside the ground truth. Such a task degrades
   * nothing: what it is shown is read.
   */
  default boolean readsInputs() {
    return false;
  }

  /**
   * Returns the ground truth as this task uses it, for instance cropped to a multiple of the scale;
   * as it is by itself.
   */
  default PlanarImage align(PlanarImage groundTruth) {
    return groundTruth;
  }

  /**
   * Returns the stored, 8-bit input of an aligned image: its height and width divided by the scale.
   * By itself the aligned image is stored, and {@link #input} degrades it.
   */
  default PlanarImage degrade(PlanarImage aligned) {
    return aligned;
  }

  /**
   * Returns an aligned image degraded for evaluation: unlike patches for training, it need not be
   * stored, and is as exact as the field's protocol has it.
   */
  default Degraded degraded(PlanarImage aligned) {
    return Degraded.of(degrade(aligned));
  }

  /**
   * Returns what images are brought to for networks of so many channels. One channel is luma where
   * the task is judged on it, else grey.
   *
   * @param imageChannels 1 or 3
   */
  default Channels channels(int imageChannels) {
    if (imageChannels != 1) {
      return Channels.RGB;
    }
    if (judgement().space() == Judgement.ColorSpace.Y) {
      return Channels.LUMA;
    }
    return Channels.GREY;
  }

  /**
   * Returns what the network sees: values in [0, 1], C×H×W of the stored input.
   *
   * @param draws the generator of this image at this step, or of this image for evaluation
   */
  float[] input(PlanarImage stored, UniformRandomProvider draws);

  /**
   * Returns whether {@link #input} draws nothing, so that a network sees of a stored patch the same
   * at every step, and what a teacher says of it can be kept.
   */
  default boolean inputIsFixed() {
    return false;
  }

  /**
   * Returns what the network sees of an image that is evaluated: values in [0, 1], C×H×W.
   *
   * @param draws the generator of this image
   */
  default float[] input(Degraded degraded, UniformRandomProvider draws) {
    return degraded.exact().map(UnitRange::of).orElseGet(() -> input(degraded.stored(), draws));
  }

  /** Returns how an output is compared with its aligned ground truth. */
  Judgement judgement();
}
