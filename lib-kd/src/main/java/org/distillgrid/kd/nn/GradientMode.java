package org.distillgrid.kd.nn;

import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/**
 * Turns PyTorch's gradient tape off, or on, for a piece of work on this thread. The mode is a
 * thread's own: off in the thread that loaded the engine, on in every other that is fresh. So
 * evaluation asks for it every time.
 */
public final class GradientMode {
  private GradientMode() {}

  /** Returns whether what this thread computes goes on the tape. */
  public static boolean isOn() {
    return JniUtils.isGradMode();
  }

  /** Does some work with the tape off. */
  public static void off(Runnable work) {
    off(
        () -> {
          work.run();
          return null;
        });
  }

  /** Computes something with the tape off. */
  public static <T> T off(Supplier<T> work) {
    return in(false, work);
  }

  /**
   * Computes something with the tape on, and no gradient of it. Training asks for gradients, and
   * has the tape on by that.
   */
  public static <T> T on(Supplier<T> work) {
    return in(true, work);
  }

  private static <T> T in(boolean mode, Supplier<T> work) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(mode);
    try {
      return work.get();
    } finally {
      JniUtils.setGradMode(before);
    }
  }
}
