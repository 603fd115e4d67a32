package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Brings numbers of the device to the host; nothing else does. Each call waits until a GPU has
 * computed all that it was asked for, so a training step calls seldom, and for all it wants to know
 * at once. What DJL copies on the way belongs to a manager that ends here: it would stay with the
 * tensor's own otherwise, as long as that lives.
 */
public final class HostValues {
  private HostValues() {}

  /** Returns a tensor's numbers, row by row. */
  public static float[] of(NDArray tensor) {
    try (NDManager scratch = tensor.getManager().newSubManager()) {
      return alias(tensor, scratch).toFloatArray();
    }
  }

  /** Returns a scalar's number. */
  public static float number(NDArray scalar) {
    return of(scalar)[0];
  }

  /** Returns a whole scalar's number. */
  public static long whole(NDArray scalar) {
    try (NDManager scratch = scalar.getManager().newSubManager()) {
      return alias(scalar, scratch).getLong();
    }
  }

  /** Returns whether a scalar is true. */
  public static boolean isTrue(NDArray scalar) {
    try (NDManager scratch = scalar.getManager().newSubManager()) {
      return alias(scalar, scratch).getBoolean();
    }
  }

  /** Returns the numbers of several tensors in their order, all brought over at once. */
  public static List<float[]> together(Collection<NDArray> tensors) {
    if (tensors.isEmpty()) {
      return List.of();
    }
    return GradientMode.off(() -> split(tensors));
  }

  private static List<float[]> split(Collection<NDArray> tensors) {
    NDManager owner = tensors.iterator().next().getManager();
    try (NDManager scratch = owner.newSubManager()) {
      NDList rows = new NDList(tensors.size());
      for (NDArray tensor : tensors) {
        rows.add(attached(tensor.reshape(-1), scratch));
      }
      float[] all = NDArrays.concat(rows).toFloatArray();
      List<float[]> parts = new ArrayList<>();
      int from = 0;
      for (NDArray row : rows) {
        int to = from + Math.toIntExact(row.size());
        parts.add(Arrays.copyOfRange(all, from, to));
        from = to;
      }
      return parts;
    }
  }

  private static NDArray alias(NDArray tensor, NDManager scratch) {
    return attached(tensor.reshape(tensor.getShape()), scratch);
  }

  private static NDArray attached(NDArray tensor, NDManager scratch) {
    tensor.attach(scratch);
    return tensor;
  }
}
