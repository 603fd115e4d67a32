package org.distillgrid.kd.task;

import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.PlanarImage;

/**
 * Restoring inputs that are files of their own, each beside its target: what degraded them is not
 * known here. At scale 1 they are judged on all channels up to the border; above it as {@link
 * SuperResolution} is, on luma with as many pixels left out at each border as the scale says, and
 * networks of one channel then restore rounded luma.
 *
 * @param scale target size over input size
 */
public record Pairs(int scale) implements StoredInput {
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
    return ScaleMultiple.of(groundTruth, scale)
        .orElseThrow(
            () ->
                GridException.of(
                    ErrorCode.INPUT,
                    "Cannot use a target of %d×%d pixels at scale %d",
                    groundTruth.height(),
                    groundTruth.width(),
                    scale));
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
  public Judgement judgement() {
    if (scale > 1) {
      return new Judgement(Judgement.ColorSpace.Y, scale);
    }
    return new Judgement(Judgement.ColorSpace.RGB, 0);
  }
}
