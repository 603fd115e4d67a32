package org.distillgrid.kd.export;

/** Tells to which output channel each value of a weight belongs. */
final class OutputChannels {
  private OutputChannels() {}

  /**
   * Returns one number for each value.
   *
   * @param dims sizes of the weight
   * @param axis of the output channels
   */
  static int[] of(long[] dims, int axis) {
    long count = 1;
    long inner = 1;
    for (int i = 0; i < dims.length; i++) {
      count *= dims[i];
      if (i > axis) {
        inner *= dims[i];
      }
    }
    int[] channels = new int[Math.toIntExact(count)];
    for (int i = 0; i < channels.length; i++) {
      channels[i] = Math.toIntExact(i / inner % dims[axis]);
    }
    return channels;
  }
}
