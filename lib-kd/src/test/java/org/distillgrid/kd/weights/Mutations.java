package org.distillgrid.kd.weights;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/** Damaged copies of a file: every truncation near its ends, and bytes changed by a fixed seed. */
public final class Mutations {
  private static final List<Integer> TELLING =
      List.of(0, 1, 0x7f, 0x80, 0xff, 0x5b, 0x7b, 0x22, 0x39);

  private Mutations() {}

  /** Shows each damaged copy. */
  public static void of(byte[] file, int count, Consumer<byte[]> damaged) {
    int step = Math.max(1, file.length / 400);
    for (int length = 0; length < file.length; length += step) {
      damaged.accept(Arrays.copyOf(file, length));
    }
    UniformRandomProvider draws = RandomSource.XO_RO_SHI_RO_128_PP.create(17L);
    for (int i = 0; i < count; i++) {
      byte[] copy = file.clone();
      int changes = 1 + draws.nextInt(4);
      for (int change = 0; change < changes; change++) {
        copy[draws.nextInt(copy.length)] = TELLING.get(draws.nextInt(TELLING.size())).byteValue();
      }
      damaged.accept(copy);
    }
  }
}
