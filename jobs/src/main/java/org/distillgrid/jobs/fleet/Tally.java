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
  private double costWaiting;
  private double longest;
  private Pace measured = Pace.NOTHING;

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

  void waits(Listed listed) {
    total++;
    stepsWaiting += steps(listed.work());
    costWaiting += listed.cost();
    longest = Math.max(longest, listed.cost());
  }

  void forgets(Listed listed) {
    total--;
    handsOver(listed);
  }

  void handsOver(Listed listed) {
    stepsWaiting -= steps(listed.work());
    costWaiting -= listed.cost();
  }

  /** Adds the pace of an order that has ended. */
  void measures(Pace pace) {
    measured = measured.plus(new Pace(pace.done(), 0, 0, pace.seconds(), false));
  }

  /** Returns the pace of what is over and what waits. */
  Pace pace() {
    // What is left of a sum that has been taken apart again may be less than nothing.
    double left = Math.max(0, costWaiting);
    return measured.plus(new Pace(0, left, Math.min(longest, left), 0, false));
  }

  /** Returns the pace of what waits by itself. */
  static Pace waiting(Listed listed) {
    return new Pace(0, listed.cost(), listed.cost(), 0, false);
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

  /** Returns the steps that work has to make by itself. */
  static long steps(Work work) {
    if (work instanceof Work.Trained training) {
      return training.steps();
    }
    return 0;
  }
}
