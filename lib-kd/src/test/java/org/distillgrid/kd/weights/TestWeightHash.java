package org.distillgrid.kd.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TestWeightHash {
  @Test
  void hashesTheDocumentedBytes() {
    // From Python: hashlib.sha256(struct.pack("<isiq2f", 1, b"w", 1, 2, 1, -2)).
    Map<String, HostTensor> tensors =
        Map.of("w", new HostTensor(new long[] {2}, new float[] {1, -2}));
    assertThat(WeightHash.of(tensors))
        .isEqualTo("bd36edd167ae6101d279d254909cba9d97bbedb4a3d2e4f61c667877e6640898");
  }

  @Test
  void dependsOnNamesShapesAndEveryBit() {
    String hash = hash("w", new long[] {2}, 1, 0f);
    assertThat(hash("w", new long[] {2}, 1, 0f)).isEqualTo(hash);
    assertThat(hash("v", new long[] {2}, 1, 0f)).isNotEqualTo(hash);
    assertThat(hash("w", new long[] {2, 1}, 1, 0f)).isNotEqualTo(hash);
    assertThat(hash("w", new long[] {2}, 1, -0f)).isNotEqualTo(hash);
  }

  private static String hash(String name, long[] shape, float... values) {
    return WeightHash.of(Map.of(name, new HostTensor(shape, values)));
  }
}
