package org.distillgrid.kd.perceptual.lpips;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;

/**
 * Weights that are drawn by a formula from the names of tensors, as {@code fixtures/lpips} does.
 */
public final class DrawnWeights {
  private DrawnWeights() {}

  /** Returns weights of a backbone. */
  public static LpipsSource features(Backbone backbone) {
    return of(LpipsWeights.features(backbone), backbone.text() + ".pth");
  }

  /** Returns linear weights for a backbone. */
  public static LpipsSource linear(Backbone backbone) {
    return of(LpipsWeights.linear(backbone), "lin_" + backbone.text() + ".pth");
  }

  private static LpipsSource of(LpipsWeights weights, String name) {
    Map<String, HostTensor> tensors = new TreeMap<>();
    weights.wanted().forEach((key, shape) -> tensors.put(key, tensor(key, shape.getShape())));
    return new LpipsSource(Checkpoint.of(tensors, Map.of()), name);
  }

  private static HostTensor tensor(String name, long[] shape) {
    int count = 1;
    for (long side : shape) {
      count *= (int) side;
    }
    float[] values = new float[count];
    long seed = seed(name);
    for (int i = 0; i < count; i++) {
      values[i] = (float) value(name, shape, uniform(seed, i + 1L));
    }
    return new HostTensor(shape, values);
  }

  private static double value(String name, long[] shape, double uniform) {
    if (name.endsWith("bias")) {
      return (2 * uniform - 1) * 0.1;
    }
    if (name.startsWith("lin")) {
      return uniform;
    }
    return (2 * uniform - 1) * Math.sqrt(6.0 / (shape[1] * shape[2] * shape[3]));
  }

  private static long seed(String name) {
    long seed = 0;
    for (byte value : name.getBytes(StandardCharsets.US_ASCII)) {
      seed = seed * 31 + value;
    }
    return seed;
  }

  // splitmix64
  private static double uniform(long seed, long place) {
    long state = place * 0x9E3779B97F4A7C15L + seed;
    state = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    state = (state ^ (state >>> 27)) * 0x94D049BB133111EBL;
    state ^= state >>> 31;
    return (double) (state >>> 40) / (1 << 24);
  }
}
