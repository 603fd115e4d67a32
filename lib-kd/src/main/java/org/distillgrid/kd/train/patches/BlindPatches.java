package org.distillgrid.kd.train.patches;

import org.distillgrid.kd.image.PlanarImage;

/** Patches that show nothing, for trainings whose outcome nobody looks at. */
public final class BlindPatches implements PatchSource {
  private static final int COUNT = 16;
  private static final int STRIDE = 131;

  private final Pair pair;

  /**
   * Makes them.
   *
   * @param channels 1 or 3
   * @param side of the ground truth in pixels, a multiple of the scale
   * @param scale target size over input size
   */
  public BlindPatches(int channels, int side, int scale) {
    this.pair = new Pair(image(channels, side / scale), image(channels, side));
  }

  private static PlanarImage image(int channels, int side) {
    byte[] samples = new byte[channels * side * side];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i * STRIDE);
    }
    return new PlanarImage(channels, side, side, samples);
  }

  @Override
  public int size() {
    return COUNT;
  }

  @Override
  public Pair pair(int index) {
    return pair;
  }
}
