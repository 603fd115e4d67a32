package org.distillgrid.kd.model;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.nn.block.MeanShift;
import org.distillgrid.kd.weights.HostTensor;

/**
 * The two fixed 1×1 convolutions {@code sub_mean} and {@code add_mean} with which sanghyun-son's
 * code base and those that follow it store the mean shift; here it is computed.
 */
final class StoredMeanShift {
  private static final String CONSTANT = "sub_mean.bias";
  private static final float RANGE = 255;
  private static final float TOLERANCE = 0.01f;

  private StoredMeanShift() {}

  /** Returns whether a checkpoint stores a mean shift. */
  static boolean isIn(Map<String, HostTensor> tensors) {
    return tensors.containsKey(CONSTANT);
  }

  /** Returns whether a checkpoint of these shapes stores a mean shift. */
  static boolean isIn(TensorShapes shapes) {
    return shapes.has(CONSTANT);
  }

  /**
   * Returns the tensors without it.
   *
   * @throws GridException if it is not the shift that is computed here
   */
  static Map<String, HostTensor> removed(ModelName name, Map<String, HostTensor> tensors) {
    if (isIn(tensors)) {
      requireSame(name, tensors.get(CONSTANT).values());
    }
    Map<String, HostTensor> left = new TreeMap<>(tensors);
    left.keySet().removeIf(key -> key.startsWith("sub_mean.") || key.startsWith("add_mean."));
    return left;
  }

  private static void requireSame(ModelName name, float[] stored) {
    float[] mean = MeanShift.mean();
    for (int i = 0; i < stored.length; i++) {
      if (stored.length != mean.length || !(Math.abs(stored[i] + RANGE * mean[i]) < TOLERANCE)) {
        throw GridException.of(
            ErrorCode.INPUT,
            "Cannot load weights into %s: their %s is not −255 times the mean of DIV2K but %s",
            name.text(),
            CONSTANT,
            Arrays.toString(stored));
      }
    }
  }
}
