package org.distillgrid.kd.distill.dckd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.NormalizedGaussianSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.distillgrid.kd.nn.Clipped;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.random.Draws;

/**
 * Copies of a batch with white Gaussian noise on them, clamped to [0, 1]. Each image of a copy has
 * its own σ. Where its noise is grey it is the same in all channels, and then the same plane, times
 * σ, for all grey images of that copy. Source: known, the noise that DCKD's released code takes
 * from BasicSR.
 *
 * @param count how many copies
 * @param least least σ on the scale of 0..255
 * @param most greatest σ
 * @param grey probability that an image's noise is grey
 */
record NoisyCopies(int count, double least, double most, double grey) {
  private static final double WHITE = 255;

  /**
   * Returns a batch followed by its noisy copies, (1 + count)·N×C×h×w, in the batch's manager.
   *
   * @param images in [0, 1], N×C×h×w
   */
  NDArray after(NDArray images, long step, Draws draws) {
    NDList all = new NDList(count + 1);
    all.add(images);
    for (int copy = 0; copy < count; copy++) {
      UniformRandomProvider source = draws.at(step, "dckd noise/" + copy);
      float[] noise = noise(images.getShape(), source);
      NDArray drawn = Tensors.aligned(noise, images.getShape(), images.getManager());
      all.add(Clipped.between(0, 1, images.add(drawn)));
    }
    return NDArrays.concat(all);
  }

  /** Draws the noise of one copy, N×C×h×w. */
  float[] noise(Shape shape, UniformRandomProvider draws) {
    int plane = Math.toIntExact(shape.get(2) * shape.get(3));
    int image = plane * Math.toIntExact(shape.get(1));
    float[] noise = new float[image * Math.toIntExact(shape.get(0))];
    NormalizedGaussianSampler gaussian = ZigguratSampler.NormalizedGaussian.of(draws);
    float[] shared = standard(plane, gaussian);
    for (int start = 0; start < noise.length; start += image) {
      double sigma = (least + (most - least) * draws.nextDouble()) / WHITE;
      boolean isGrey = draws.nextDouble() < grey;
      float[] own = shared;
      if (!isGrey) {
        own = standard(image, gaussian);
      }
      for (int i = 0; i < image; i++) {
        noise[start + i] = (float) (sigma * own[i % own.length]);
      }
    }
    return noise;
  }

  private static float[] standard(int count, NormalizedGaussianSampler gaussian) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) gaussian.sample();
    }
    return values;
  }
}
