package org.distillgrid.kd.image;

/**
 * MATLAB's bicubic enlargement of one dimension as a matrix, for whoever computes it by products
 * instead of place by place.
 */
public final class BicubicMatrix {
  private BicubicMatrix() {}

  /**
   * Returns the matrix that {@code imresize(…, factor, 'bicubic')} multiplies columns with:
   * length·factor rows of {@code length} weights, row-major. Reflection at the ends is part of it.
   *
   * @param length places before
   * @param factor at least 1
   */
  public static float[] enlarging(int length, int factor) {
    int enlarged = Math.multiplyExact(length, factor);
    BicubicTaps taps = BicubicTaps.between(length, enlarged, factor);
    double[] weights = new double[Math.multiplyExact(enlarged, length)];
    for (int place = 0; place < enlarged; place++) {
      for (int tap = 0; tap < taps.count(); tap++) {
        int source = BicubicTaps.mirror(taps.first()[place] + tap, length);
        weights[place * length + source] += taps.weights()[place * taps.count() + tap];
      }
    }
    float[] matrix = new float[weights.length];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = (float) weights[i];
    }
    return matrix;
  }
}
