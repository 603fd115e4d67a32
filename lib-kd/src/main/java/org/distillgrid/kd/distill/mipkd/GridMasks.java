package org.distillgrid.kd.distill.mipkd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.Tensors;

/**
 * A fixed grid, the same for all channels, images and steps: the teacher's part of the places is
 * spread evenly over the diagonals, a chequerboard for one half. An ablation. Source: that a grid
 * was tried second-hand; its form reconstructed.
 *
 * @param part of the places that are the teacher's
 */
record GridMasks(double part) implements Masks {
  @Override
  public NDArray at(long step, int point, Latents latents) {
    Shape shape = latents.teacher().getShape();
    Shape places = new Shape(1, 1, shape.get(2), shape.get(3));
    int width = Math.toIntExact(shape.get(3));
    float[] mask = new float[Math.toIntExact(places.size())];
    for (int i = 0; i < mask.length; i++) {
      int diagonal = i / width + i % width;
      // The diagonals at which the running total of the part reaches the next whole number.
      if (Math.floor((diagonal + 1) * part) > Math.floor(diagonal * part)) {
        mask[i] = 1;
      }
    }
    return Tensors.aligned(mask, places, latents.teacher().getManager());
  }
}
