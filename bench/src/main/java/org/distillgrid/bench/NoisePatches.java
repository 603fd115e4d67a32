package org.distillgrid.bench;

import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.train.patches.PatchSource;

/** Patches of seeded noise; what is in them does not change how long a step takes. */
record NoisePatches(int size, int inputSide, int scale) implements PatchSource {
  @Override
  public Pair pair(int index) {
    UniformRandomProvider draws = Draws.of("noise").at(index, "patch");
    return new Pair(noise(inputSide, draws), noise(inputSide * scale, draws));
  }

  private static PlanarImage noise(int side, UniformRandomProvider draws) {
    byte[] samples = new byte[3 * side * side];
    draws.nextBytes(samples);
    return new PlanarImage(3, side, side, samples);
  }
}
