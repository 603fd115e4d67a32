package org.distillgrid.kd.image.jpeg;

/** A component at half the height and width, and back, as libjpeg's {@code h2v2} methods do it. */
final class HalfSize {
  private static final int BLOCK = CosineTransform.SIDE;
  // Below it, libjpeg repeats samples in place of weighting them.
  private static final int LEAST_SMOOTH = 3;

  private HalfSize() {}

  /**
   * Returns means of 2×2 samples, whose halves go down and up in turn. The rows are filled up to
   * whole blocks with the means of repeated samples.
   */
  static SamplePlane halved(SamplePlane plane) {
    int height = half(plane.height());
    int width = (half(plane.width()) + BLOCK - 1) / BLOCK * BLOCK;
    int[] samples = new int[height * width];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int sum =
            plane.nearest(2 * row, 2 * column)
                + plane.nearest(2 * row, 2 * column + 1)
                + plane.nearest(2 * row + 1, 2 * column)
                + plane.nearest(2 * row + 1, 2 * column + 1);
        samples[row * width + column] = (sum + 1 + column % 2) >> 2;
      }
    }
    return new SamplePlane(height, width, samples);
  }

  /** Returns the component in its own size: nearer samples weigh three times what others do. */
  static SamplePlane doubled(SamplePlane half, int height, int width) {
    int columns = half(width);
    int[] samples = new int[height * width];
    int[] sums = new int[columns];
    for (int row = 0; row < height; row++) {
      int near = row / 2;
      int far = near + row % 2 * 2 - 1;
      for (int column = 0; column < columns; column++) {
        sums[column] = 3 * half.nearest(near, column) + half.nearest(far, column);
      }
      for (int column = 0; column < width; column++) {
        int sample = half.nearest(near, column / 2);
        if (columns >= LEAST_SMOOTH) {
          sample = smooth(sums, column);
        }
        samples[row * width + column] = sample;
      }
    }
    return new SamplePlane(height, width, samples);
  }

  private static int smooth(int[] sums, int column) {
    int near = column / 2;
    int far = Math.max(0, Math.min(sums.length - 1, near + column % 2 * 2 - 1));
    return (3 * sums[near] + sums[far] + 8 - column % 2) >> 4;
  }

  private static int half(int size) {
    return (size + 1) / 2;
  }
}
