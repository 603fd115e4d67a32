package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.distillgrid.kd.model.ModelName;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Models;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.QuantizerSetting;
import org.junit.jupiter.api.Test;

class TestNetworkMemory {
  @Test
  void holdsAtLeastWhatTheLayersLeave() {
    NetworkMemory memory = memory("edsr-c4-b1", "fp", "fp");

    // Head, block and the layer after it leave 4 channels each, the upsampler 16, the tail 3 at
    // four times the pixels.
    long outputs = 4 + 2 * 4 + 4 + 16 + 4 * 3;
    assertThat(memory.passBytesPerPixel()).isBetween(4 * outputs, 4 * 4 * outputs);
    assertThat(memory.weightBytes()).isEqualTo(4 * 1259);
    assertThat(memory.keptBytes()).isEqualTo(5 * 4 * 1259);
    assertThat(memory.stepBytes(1000))
        .isEqualTo(1000 * memory.passBytesPerPixel() + 4 * memory.weightBytes());
  }

  @Test
  void countsWhatAPassFreesButTheTapeHolds() {
    NetworkMemory memory = memory("rcan-c16-g1-b3", "fp", "fp");

    // Two convolutions a block and one after them, in pieces whose tensors are freed.
    assertThat(memory.passBytesPerPixel()).isGreaterThan(4 * 16 * (2 * 3 + 1));
    assertThat(memory.restoringBytesPerPixel()).isPositive();
  }

  @Test
  void quantisersAddTheirs() {
    long full = memory("edsr-c8-b2", "fp", "fp").passBytesPerPixel();

    assertThat(memory("edsr-c8-b2", "lsq", "w4a4").passBytesPerPixel()).isGreaterThan(2 * full);
  }

  @Test
  void growsWithTheNetwork() {
    NetworkMemory small = memory("edsr-c8-b2", "fp", "fp");
    NetworkMemory twice = memory("edsr-c8-b4", "fp", "fp");

    assertThat(twice.passBytesPerPixel()).isGreaterThan(small.passBytesPerPixel());
    assertThat(small.times(3))
        .isEqualTo(
            new NetworkMemory(
                3 * small.weightBytes(),
                3 * small.passBytesPerPixel(),
                3 * small.restoringBytesPerPixel()));
    assertThat(NetworkMemory.ofEncoder().passBytesPerPixel()).isPositive();
  }

  private static NetworkMemory memory(String model, String quantizer, String bits) {
    return NetworkMemory.of(
        ModelName.parse(model, Models.registry()),
        new ModelTarget(3, 2),
        QuantizerSetting.parse(quantizer),
        Bits.parse(bits));
  }
}
