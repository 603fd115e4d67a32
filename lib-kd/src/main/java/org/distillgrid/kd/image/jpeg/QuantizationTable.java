package org.distillgrid.kd.image.jpeg;

/**
 * By what each of the 64 coefficients of a block is divided before it is rounded: the example
 * tables of ITU-T T.81, annex K.1 and K.2, scaled by a quality as the Independent JPEG Group does
 * and kept within 1..255.
 *
 * @param steps row after row, from low frequencies to high ones
 */
record QuantizationTable(int[] steps) {
  private static final int[] LUMINANCE = {
    16, 11, 10, 16, 24, 40, 51, 61,
    12, 12, 14, 19, 26, 58, 60, 55,
    14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77,
    24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101,
    72, 92, 95, 98, 112, 100, 103, 99
  };

  private static final int[] CHROMINANCE = {
    17, 18, 24, 47, 99, 99, 99, 99,
    18, 21, 26, 66, 99, 99, 99, 99,
    24, 26, 56, 99, 99, 99, 99, 99,
    47, 66, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99
  };

  /** Returns the table of grey images and of Y. */
  static QuantizationTable luminance(int quality) {
    return scaled(LUMINANCE, quality);
  }

  /** Returns the table of Cb and Cr. */
  static QuantizationTable chrominance(int quality) {
    return scaled(CHROMINANCE, quality);
  }

  private static QuantizationTable scaled(int[] table, int quality) {
    int percent = 200 - 2 * quality;
    if (quality < 50) {
      percent = 5000 / quality;
    }
    int[] steps = new int[table.length];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = Math.max(1, Math.min(255, (table[i] * percent + 50) / 100));
    }
    return new QuantizationTable(steps);
  }

  /**
   * Returns a coefficient brought to the nearest multiple of its step, halves away from zero.
   *
   * @param eightfold eight times the coefficient
   */
  int rounded(int index, int eightfold) {
    int step = steps[index];
    int divisor = 8 * step;
    int levels = (Math.abs(eightfold) + divisor / 2) / divisor;
    return Integer.signum(eightfold) * levels * step;
  }
}
