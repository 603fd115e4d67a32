package org.distillgrid.kd.train;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * The one place of a JVM in which a training may run. PyTorch's gradient collector and DJL's thread
 * count are process-wide: two trainings at once give wrong weights without a word.
 */
public final class TrainingSlot {
  // The one deliberate static of the library: it stands for a resource that the process has once.
  private static final Semaphore SLOT = new Semaphore(1, true);

  private TrainingSlot() {}

  /**
   * Waits until no other training runs, then does the work.
   *
   * @throws GridException if the thread is interrupted while it waits
   */
  public static <T> T exclusively(Supplier<T> work) {
    try {
      SLOT.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw GridException.of(
          e, ErrorCode.CLUSTER, "Cannot train: interrupted while another training held the slot");
    }
    try {
      return work.get();
    } finally {
      SLOT.release();
    }
  }

  /** Returns whether a training holds the slot now. */
  static boolean isHeld() {
    return SLOT.availablePermits() == 0;
  }
}
