package org.distillgrid.kd.nn;

import ai.djl.Device;

/**
 * The GPUs that PyTorch sees. DJL counts those of CUDA's runtime, and where that bears another name
 * than {@code libcudart.so}, as in Python's packages, it counts none.
 */
public final class Gpus {
  private static final String COUNT = "_ZN5torch4cuda12device_countEv";

  private Gpus() {}

  /** Returns how many there are. */
  public static int count() {
    return Math.toIntExact(NativeTorch.library().getFunction(COUNT).invokeLong(new Object[0]));
  }

  /** Returns the first one, or the CPU where there is none. */
  public static Device firstOrCpu() {
    if (count() == 0) {
      return Device.cpu();
    }
    return Device.gpu(0);
  }
}
