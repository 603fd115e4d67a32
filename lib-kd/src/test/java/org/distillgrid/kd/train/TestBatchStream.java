package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.distillgrid.kd.image.MatlabBicubic;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.task.SuperResolution;
import org.distillgrid.kd.train.patches.PatchSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestBatchStream {
  @Test
  void aBatchDependsOnSeedAndNumberAlone() {
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] third = batch(stream(1), 3, manager);
      BatchStream walked = stream(1);
      for (int step = 0; step < 9; step++) {
        batch(walked, step, manager);
      }
      assertThat(batch(walked, 3, manager)).isEqualTo(third);
      assertThat(batch(stream(2), 3, manager)).isNotEqualTo(third);
      assertThat(batch(stream(1), 4, manager)).isNotEqualTo(third);
    }
  }

  @Test
  void anEpochHasEveryPatchOnce() {
    PatchSource numbered =
        new PatchSource() {
          @Override
          public int size() {
            return 12;
          }

          @Override
          public Pair pair(int index) {
            return new Pair(constant(4, index), constant(8, index));
          }
        };
    BatchStream stream = new BatchStream(numbered, new SuperResolution(2), 4, 5);
    try (NDManager manager = NDManager.newBaseManager()) {
      for (int epoch = 0; epoch < 2; epoch++) {
        Set<Integer> seen = new HashSet<>();
        for (int step = 0; step < 3; step++) {
          float[] targets = stream.training(epoch * 3 + step, manager).target().toFloatArray();
          for (int i = 0; i < 4; i++) {
            seen.add(Math.round(255 * targets[i * 3 * 64]));
          }
        }
        assertThat(seen).hasSize(12);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Dihedral.class)
  void turningCommutesWithTheResize(Dihedral turn) {
    PlanarImage image = Cohorts.patches(1, "turned").pair(0).target();
    // Passes round in between, so that only turns without transposition commute to the bit.
    byte[] turnedFirst = MatlabBicubic.resize(turn.apply(image), 16, 16).samples();
    byte[] turnedLast = turn.apply(MatlabBicubic.resize(image, 16, 16)).samples();
    for (int i = 0; i < turnedFirst.length; i++) {
      assertThat(Math.abs((turnedFirst[i] & 0xff) - (turnedLast[i] & 0xff))).isLessThan(2);
    }
  }

  @Test
  void theEightTurnsAreDifferent() {
    PlanarImage image = Cohorts.patches(1, "turned").pair(0).target();
    assertThat(Arrays.stream(Dihedral.values()).map(t -> Arrays.hashCode(t.apply(image).samples())))
        .doesNotHaveDuplicates();
  }

  private static BatchStream stream(long seed) {
    return new BatchStream(Cohorts.patches(10, "training"), new SuperResolution(2), 3, seed);
  }

  private static float[] batch(BatchStream stream, long step, NDManager manager) {
    return stream.training(step, manager).input().toFloatArray();
  }

  private static PlanarImage constant(int side, int value) {
    byte[] samples = new byte[3 * side * side];
    Arrays.fill(samples, (byte) value);
    return new PlanarImage(3, side, side, samples);
  }
}
