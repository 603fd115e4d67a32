package org.distillgrid.kd.task;

import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.Channels;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;

/**
 * Restoring inputs that are files of their own, each beside its target: what degraded them is not
 * known here. At scale 1 they are judged on all channels up to the border; above it as {@link
 * SuperResolution} is, on luma with as many pixels left out at each border as the scale says, and
 * networks of one channel then restore rounded luma.
 *
 * @param scale target size over input size
 */
public record Pairs(int scale) implements Task {
  private static final long serialVersionUID = 1L;

  /** Its name in a spec. */
  public static final String NAME = "pairs";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean readsInputs() {
    return true;
  }

  @Override
  public PlanarImage align(PlanarImage groundTruth) {
    int height = groundTruth.height() - groundTruth.height() % scale;
    int width = groundTruth.width() - groundTruth.width() % scale;
    if (height == 0 || width == 0) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot use a target of %d×%d pixels at scale %d",
          groundTruth.height(),
          groundTruth.width(),
          scale);
    }
    if (height == groundTruth.height() && width == groundTruth.width()) {
      return groundTruth;
    }
    return groundTruth.crop(0, 0, height, width);
  }

  /**
   * Refuses: there is nothing that makes inputs.
   *
   * @throws GridException always
   */
  @Override
  public PlanarImage degrade(PlanarImage aligned) {
    throw GridException.of(
        ErrorCode.USAGE,
        "Cannot degrade images under task %s: its inputs are files of their own, each beside its"
            + " target",
        NAME);
  }

  @Override
  public Channels channels(int imageChannels) {
    if (imageChannels == 1 && scale > 1) {
      return Channels.LUMA;
    }
    return Task.super.channels(imageChannels);
  }

  @Override
  public float[] input(PlanarImage stored, UniformRandomProvider draws) {
    return UnitRange.of(stored);
  }

  @Override
  public boolean inputIsFixed() {
    return true;
  }

  @Override
  public Judgement judgement() {
    if (scale > 1) {
      return new Judgement(Judgement.ColorSpace.Y, scale);
    }
    return new Judgement(Judgement.ColorSpace.RGB, 0);
  }
}
