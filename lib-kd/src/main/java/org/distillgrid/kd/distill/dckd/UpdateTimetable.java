package org.distillgrid.kd.distill.dckd;

import java.util.List;

/**
 * When the history student moves: every s updates of the student, s growing from stage to stage.
 * Source: known for 250,000 steps and a moving average of 0.999 (1000, 2000 and 3000 in the first,
 * second and third 100,000).
 *
 * @param stage updates of each stage but the last, which lasts to the end
 * @param intervals updates between two moves, one for each stage
 */
record UpdateTimetable(long stage, List<Long> intervals) {
  UpdateTimetable {
    intervals = List.copyOf(intervals);
  }

  /** What s is a multiple of, so that it fits runs of other lengths. Reconstructed. */
  enum Unit {
    /**
     * The time constant of the student's moving average, 1/(1 − decay) updates: in fewer the
     * history lies on the student, and the ratio of the distances explodes.
     */
    EMA,
    /** The run. */
    RUN;

    private double updates(long steps, double decay) {
      return switch (this) {
        case EMA -> 1 / (1 - decay);
        case RUN -> steps;
      };
    }
  }

  /**
   * Returns the timetable of a run; each number is rounded to the nearest whole one, at least 1.
   *
   * @param steps updates in all
   * @param stage length of a stage, as a part of them
   * @param unit what intervals are multiples of
   * @param decay of the student's moving average
   * @param intervals in that unit
   */
  static UpdateTimetable of(
      long steps, double stage, Unit unit, double decay, List<Double> intervals) {
    double updates = unit.updates(steps, decay);
    return new UpdateTimetable(
        rounded(stage * (double) steps),
        intervals.stream().map(interval -> rounded(interval * updates)).toList());
  }

  private static long rounded(double updates) {
    return Math.max(1, Math.round(updates));
  }

  /**
   * Returns whether the history student moves after an update of the student.
   *
   * @param update counted from 1
   */
  boolean isDue(long update) {
    long number = Math.min((update - 1) / stage, intervals.size() - 1L);
    return update % intervals.get((int) number) == 0;
  }

  /** Returns the length of the first interval: before it has passed the history has not moved. */
  long first() {
    return intervals.get(0);
  }
}
