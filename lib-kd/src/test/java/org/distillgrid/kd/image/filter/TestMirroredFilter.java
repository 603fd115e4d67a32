package org.distillgrid.kd.image.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.distillgrid.kd.image.Plane;
import org.junit.jupiter.api.Test;

class TestMirroredFilter {
  @Test
  void mirrorsWithoutTheBorderItself() {
    Kernel ahead = new Kernel(1, 5, new double[] {0, 0, 0, 0, 1});
    Kernel behind = new Kernel(1, 5, new double[] {1, 0, 0, 0, 0});
    Plane line = new Plane(1, 4, new double[] {1, 2, 3, 4});
    assertThat(new MirroredFilter(ahead).of(line).values()).containsExactly(3, 4, 3, 2);
    assertThat(new MirroredFilter(behind).of(line).values()).containsExactly(3, 2, 1, 2);
  }

  @Test
  void mirrorsAgainWhereTheImageIsSmallerThanTheKernel() {
    double[] last = new double[15];
    last[14] = 1;
    Plane line = new Plane(1, 3, new double[] {1, 2, 3});
    // 1 2 3 2 1 2 3 2 1 2: seven further on.
    assertThat(new MirroredFilter(new Kernel(1, 15, last)).of(line).values())
        .containsExactly(2, 1, 2);
    Plane pixel = new Plane(1, 1, new double[] {7});
    assertThat(new MirroredFilter(Kernel.motion(15, 30)).of(pixel).values()[0])
        .isCloseTo(7, within(1e-12));
  }

  @Test
  void weighsRowsAndColumns() {
    Kernel kernel = new Kernel(3, 3, new double[] {0, .25, 0, 0, .5, 0, 0, 0, .25});
    Plane plane = new Plane(3, 3, new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
    Plane filtered = new MirroredFilter(kernel).of(plane);
    assertThat(filtered.values()[4]).isEqualTo(.25 * 2 + .5 * 5 + .25 * 9);
    assertThat(filtered.values()[0]).isEqualTo(.25 * 4 + .5 * 1 + .25 * 5);
  }
}
