package org.distillgrid.kd.task;

import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;

/**
 * Taking a blur out of an image that is the same for every image: the whole image is blurred once.
 * Judged on all channels up to the border.
 *
 * @param name in a spec
 */
record FixedBlur(String name, Blur blur) implements Task {
  private static final long serialVersionUID = 1L;

  @Override
  public PlanarImage degrade(PlanarImage aligned) {
    return blur.of(aligned);
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
    return new Judgement(Judgement.ColorSpace.RGB, 0);
  }
}
