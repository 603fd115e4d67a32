package org.distillgrid.kd.export.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.distillgrid.kd.export.onnx.ElementType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestFolding {
  @ParameterizedTest
  @EnumSource(
      value = ElementType.class,
      names = {"UINT4", "UINT8", "INT4", "INT8", "INT16"})
  void aFactorOfAnySignKeepsIntegersInTheirType(ElementType type) {
    int[] integers = {0, 1, 6, 7, 3, 2};
    StoredWeight weight =
        new StoredWeight(
            "w", type, new long[] {2, 3}, 0, integers, new float[] {0.5f}, new int[] {2});
    StoredWeight scaled = weight.times(new float[] {3, -2});
    for (int i = 0; i < integers.length; i++) {
      int channel = i / 3;
      float factor = new float[] {3, -2}[channel];
      assertThat(type.holds(scaled.integers()[i])).isTrue();
      assertThat((scaled.integers()[i] - scaled.zero()[channel]) * scaled.scale()[channel])
          .isEqualTo((integers[i] - 2) * 0.5f * factor);
    }
    assertThat(scaled.scale()).containsExactly(1.5f, 1);
  }
}
