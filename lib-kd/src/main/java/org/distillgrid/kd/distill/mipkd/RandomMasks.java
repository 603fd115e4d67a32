package org.distillgrid.kd.distill.mipkd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.random.Draws;

/**
 * The random 3-D mask: {@code I ~ Bernoulli(p)} for every channel, row and column, drawn anew for
 * every point of every step. Source: a random mask in three dimensions known; p and that the images
 * of a batch share it reconstructed.
 *
 * @param draws the trial's generators
 * @param probability p, of the teacher's entries
 */
record RandomMasks(Draws draws, double probability) implements Masks {
  @Override
  public NDArray at(long step, int point, Latents latents) {
    Shape shape = latents.teacher().getShape();
    Shape one = new Shape(1, shape.get(1), shape.get(2), shape.get(3));
    UniformRandomProvider generator = draws.at(step, "mipkd mask " + point);
    float[] mask = new float[Math.toIntExact(one.size())];
    for (int i = 0; i < mask.length; i++) {
      if (generator.nextFloat() < probability) {
        mask[i] = 1;
      }
    }
    return Tensors.aligned(mask, one, latents.teacher().getManager());
  }
}
