package org.distillgrid.kd.nn;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** How a parameter gets its first values. */
@FunctionalInterface
public interface Initializer {
  /** Returns as many values as asked for. */
  float[] values(int count, UniformRandomProvider draws);

  /** Returns an initializer that sets every value to one constant. */
  static Initializer constant(float value) {
    return (count, draws) -> {
      float[] values = new float[count];
      Arrays.fill(values, value);
      return values;
    };
  }

  /** Returns PyTorch's default for convolutions and linear layers: uniform in ±1/√fanIn. */
  static Initializer fanIn(long fanIn) {
    float bound = (float) (1 / Math.sqrt((double) fanIn));
    return (count, draws) -> {
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = (2 * draws.nextFloat() - 1) * bound;
      }
      return values;
    };
  }

  /** Returns an initializer that draws from a normal distribution around 0. */
  static Initializer normal(double deviation) {
    return (count, draws) -> {
      ContinuousSampler sampler = ZigguratSampler.NormalizedGaussian.of(draws);
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = (float) (deviation * sampler.sample());
      }
      return values;
    };
  }
}
