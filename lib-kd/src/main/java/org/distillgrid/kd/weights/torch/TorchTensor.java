package org.distillgrid.kd.weights.torch;

import org.distillgrid.kd.weights.StoredType;
import org.distillgrid.kd.weights.Strided;

/**
 * A tensor as a PyTorch pickle describes it: a view into a storage that lies elsewhere in the file.
 *
 * @param type how its numbers are stored
 * @param storage the key of its storage
 * @param layout where it lies in the storage, counted in numbers
 */
record TorchTensor(StoredType type, String storage, Strided layout) implements PickleValue {
  @Override
  public String kind() {
    return "a tensor";
  }

  /** Returns how many bytes its storage must have. */
  long extent() {
    return Math.multiplyExact(layout.extent(), (long) type.bytes());
  }
}
