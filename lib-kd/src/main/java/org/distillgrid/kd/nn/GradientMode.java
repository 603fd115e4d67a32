package org.distillgrid.kd.nn;

import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/**
 * Turns PyTorch's gradient tape off for a piece of work on this thread. The mode is thread-local
 * and on in every fresh thread, so evaluation asks for it every time.
 */
public final class GradientMode {
  private GradientMode() {}

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
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try {
      return work.get();
    } finally {
      JniUtils.setGradMode(before);
    }
  }
}
