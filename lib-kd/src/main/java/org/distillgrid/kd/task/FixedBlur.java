package org.distillgrid.kd.task;

import org.distillgrid.kd.image.PlanarImage;

/**
 * Taking a blur out of an image that is the same for every image: the whole image is blurred once.
 * Judged on all channels up to the border.
 *
 * @param name in a spec
 */
record FixedBlur(String name, Blur blur) implements StoredInput {
  private static final long serialVersionUID = 1L;

  @Override
  public PlanarImage degrade(PlanarImage aligned) {
    return blur.of(aligned);
  }

  @Override
  public Judgement judgement() {
    return new Judgement(Judgement.ColorSpace.RGB, 0);
  }
}
