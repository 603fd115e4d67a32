package org.distillgrid.kd.image.jpeg;

/**
 * The cosine transform of 8×8 blocks in whole numbers, and back, to the bit as libjpeg's {@code
 * jfdctint} and {@code jidctint} compute it: Loeffler, Ligtenberg and Moschytz's factors with 13
 * bits behind the point, and 2 bits that are kept between rows and columns.
 */
final class CosineTransform {
  /** The height and width of a block. */
  static final int SIDE = 8;

  private static final int POINT = 13;
  private static final int KEPT = 2;
  // The two passes of the inverse also take out the factor of eight.
  private static final int EIGHT = 3;

  private static final int F_0_298 = 2446;
  private static final int F_0_390 = 3196;
  private static final int F_0_541 = 4433;
  private static final int F_0_765 = 6270;
  private static final int F_0_899 = 7373;
  private static final int F_1_175 = 9633;
  private static final int F_1_501 = 12299;
  private static final int F_1_847 = 15137;
  private static final int F_1_961 = 16069;
  private static final int F_2_053 = 16819;
  private static final int F_2_562 = 20995;
  private static final int F_3_072 = 25172;

  private CosineTransform() {}

  /** Makes samples eight times their coefficients. */
  static void forward(int[] block) {
    for (int row = 0; row < SIDE; row++) {
      forward(block, row * SIDE, 1, POINT - KEPT);
    }
    for (int column = 0; column < SIDE; column++) {
      forward(block, column, SIDE, POINT + KEPT);
    }
  }

  /** Makes coefficients samples. */
  static void inverse(int[] block) {
    for (int column = 0; column < SIDE; column++) {
      inverse(block, column, SIDE, POINT - KEPT);
    }
    for (int row = 0; row < SIDE; row++) {
      inverse(block, row * SIDE, 1, POINT + KEPT + EIGHT);
    }
  }

  private static void forward(int[] x, int at, int step, int bits) {
    int sum07 = x[at] + x[at + 7 * step];
    int difference07 = x[at] - x[at + 7 * step];
    int sum16 = x[at + step] + x[at + 6 * step];
    int difference16 = x[at + step] - x[at + 6 * step];
    int sum25 = x[at + 2 * step] + x[at + 5 * step];
    int difference25 = x[at + 2 * step] - x[at + 5 * step];
    int sum34 = x[at + 3 * step] + x[at + 4 * step];
    int difference34 = x[at + 3 * step] - x[at + 4 * step];

    int outer = sum07 + sum34;
    int outerDifference = sum07 - sum34;
    int inner = sum16 + sum25;
    int innerDifference = sum16 - sum25;
    x[at] = scaled((outer + inner) << POINT, bits);
    x[at + 4 * step] = scaled((outer - inner) << POINT, bits);
    int turned = (innerDifference + outerDifference) * F_0_541;
    x[at + 2 * step] = scaled(turned + outerDifference * F_0_765, bits);
    x[at + 6 * step] = scaled(turned - innerDifference * F_1_847, bits);

    int[] odd = odd(difference34, difference25, difference16, difference07);
    x[at + 7 * step] = scaled(odd[0], bits);
    x[at + 5 * step] = scaled(odd[1], bits);
    x[at + 3 * step] = scaled(odd[2], bits);
    x[at + step] = scaled(odd[3], bits);
  }

  private static void inverse(int[] x, int at, int step, int bits) {
    int second = x[at + 2 * step];
    int sixth = x[at + 6 * step];
    int turned = (second + sixth) * F_0_541;
    int low = turned - sixth * F_1_847;
    int high = turned + second * F_0_765;
    int sum = (x[at] + x[at + 4 * step]) << POINT;
    int difference = (x[at] - x[at + 4 * step]) << POINT;
    int[] even = {sum + high, difference + low, difference - low, sum - high};

    int[] odd = odd(x[at + 7 * step], x[at + 5 * step], x[at + 3 * step], x[at + step]);
    for (int i = 0; i < even.length; i++) {
      x[at + i * step] = scaled(even[i] + odd[3 - i], bits);
      x[at + (SIDE - 1 - i) * step] = scaled(even[i] - odd[3 - i], bits);
    }
  }

  // The rotation of the odd half is the same in both directions.
  private static int[] odd(int first, int second, int third, int fourth) {
    int common = (first + third + second + fourth) * F_1_175;
    int ends = -(first + fourth) * F_0_899;
    int middles = -(second + third) * F_2_562;
    int left = common - (first + third) * F_1_961;
    int right = common - (second + fourth) * F_0_390;
    return new int[] {
      first * F_0_298 + ends + left,
      second * F_2_053 + middles + right,
      third * F_3_072 + middles + left,
      fourth * F_1_501 + ends + right
    };
  }

  private static int scaled(int value, int bits) {
    return (value + (1 << (bits - 1))) >> bits;
  }
}
