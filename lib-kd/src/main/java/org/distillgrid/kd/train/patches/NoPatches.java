package org.distillgrid.kd.train.patches;

/** No patches at all, for a training without validation. */
public final class NoPatches implements PatchSource {
  @Override
  public int size() {
    return 0;
  }

  @Override
  public Pair pair(int index) {
    throw new IndexOutOfBoundsException(index);
  }
}
