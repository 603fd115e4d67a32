package org.distillgrid.jobs.fleet;

import java.util.function.IntSupplier;

/** What is known of all work of one stage, kept up as it goes on. */
final class Tally {
  private final String stage;
  private final IntSupplier before;
  private int total;
  private int finished;
  private int failed;
  private long stepsWaiting;

  private Tally(String stage, IntSupplier before) {
    this.stage = stage;
    this.before = before;
  }

  static Tally of(Work work) {
    if (work instanceof Work.Trained training) {
      return new Tally(work.stage(), training.trained()::doneBefore);
    }
    return new Tally(work.stage(), () -> 0);
  }

  void waits(Work work) {
    total++;
    stepsWaiting += steps(work);
  }

  void forgets(Work work) {
    total--;
    stepsWaiting -= steps(work);
  }

  void handsOver(Work work) {
    stepsWaiting -= steps(work);
  }

  void finishes() {
    finished++;
  }

  void fails() {
    failed++;
  }

  /** Counts what failed with what it needed. */
  void drops() {
    total++;
    failed++;
  }

  long stepsWaiting() {
    return stepsWaiting;
  }

  ProgressLine.Part part(int running) {
    int earlier = before.getAsInt();
    return new ProgressLine.Part(stage, earlier + finished, failed, running, earlier + total);
  }

  String stage() {
    return stage;
  }

  private static long steps(Work work) {
    if (work instanceof Work.Trained training) {
      return training.steps();
    }
    return 0;
  }
}
