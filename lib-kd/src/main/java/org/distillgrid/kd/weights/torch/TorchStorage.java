package org.distillgrid.kd.weights.torch;

import org.distillgrid.kd.weights.StoredType;

/**
 * A row of numbers that a PyTorch pickle refers to.
 *
 * @param type how its numbers are stored
 * @param key its name in the file
 * @param offset where it starts within the row of that name, in numbers
 * @param elements how many numbers it claims to have
 */
record TorchStorage(StoredType type, String key, long offset, long elements)
    implements PickleValue {
  @Override
  public String kind() {
    return "a storage";
  }
}
