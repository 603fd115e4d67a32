package org.distillgrid.kd.task;

import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;

/**
 * Taking a straight motion out of an image, whose direction is drawn from all directions for every
 * look at it. The sharp image is what is stored. Judged on all channels up to the border.
 *
 * @param name in a spec
 * @param length in pixels
 */
record DrawnMotionBlur(String name, double length) implements Task {
  private static final long serialVersionUID = 1L;

  private static final double HALF_TURN = 180;

  @Override
  public float[] input(PlanarImage stored, UniformRandomProvider draws) {
    Blur blur = new Blur.Motion(length, HALF_TURN * draws.nextDouble());
    return UnitRange.of(blur.of(stored));
  }

  @Override
  public Judgement judgement() {
    return new Judgement(Judgement.ColorSpace.RGB, 0);
  }
}
