package org.distillgrid.jobs.draft;

import java.util.Locale;

/**
 * Which networks suit so many patches, and for how long they are trained.
 *
 * @param teacher its model
 * @param student its model
 * @param teacherSteps updates of the teacher, and of the full-precision student
 * @param trialSteps updates of each trial
 * @param reason why these
 */
record NetworkChoice(
    String teacher, String student, long teacherSteps, long trialSteps, String reason) {
  // With fewer patches a large teacher learns them by heart.
  private static final long FEW = 5000;

  /**
   * Chooses.
   *
   * @param patches to learn from
   * @param scale target size over input size
   */
  static NetworkChoice of(long patches, int scale) {
    if (scale > 1) {
      return of(patches, "edsr-c32-b8", "edsr-c64-b16", "edsr-c16-b4");
    }
    return of(patches, "dncnn-c32-d8", "dncnn-c64-d17", "dncnn-c16-d5");
  }

  private static NetworkChoice of(long patches, String small, String large, String student) {
    if (patches < FEW) {
      String reason =
          String.format(Locale.ROOT, "small, as about %,d patches are few to learn from", patches);
      return new NetworkChoice(small, student, 2000, 500, reason);
    }
    String reason =
        String.format(Locale.ROOT, "of the usual size, as there are about %,d patches", patches);
    return new NetworkChoice(large, student, 10_000, 2000, reason);
  }
}
