package org.distillgrid.kd.task;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.NormalizedGaussianSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;
import org.distillgrid.kd.registry.NameOptions;

/**
 * Taking additive white Gaussian noise out of an image. The clean image is what is stored; the
 * noise is drawn anew for every look at it and neither clipped nor rounded. Judged on all channels
 * up to the border.
 *
 * @param sigma the noise's standard deviation on the scale of 0..255
 */
public record Denoising(double sigma) implements Task {
  private static final long serialVersionUID = 1L;

  /** Its name in a spec, without the option for sigma. */
  public static final String NAME = "denoise";

  /** The letter before sigma in a name. */
  static final String SIGMA = "s";

  private static final double WHITE = 255;

  @Override
  public String name() {
    return NAME + "-" + SIGMA + NameOptions.written(sigma);
  }

  @Override
  public float[] input(PlanarImage stored, UniformRandomProvider draws) {
    float[] values = UnitRange.of(stored);
    NormalizedGaussianSampler gaussian = ZigguratSampler.NormalizedGaussian.of(draws);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] + sigma / WHITE * gaussian.sample());
    }
    return values;
  }

  @Override
  public Judgement judgement() {
    return new Judgement(Judgement.ColorSpace.RGB, 0);
  }
}
