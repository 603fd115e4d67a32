package org.distillgrid.kd.distill.dckd;

import java.util.List;

/**
 * When the history student moves: every s updates of the student, s growing from stage to stage.
 * Source: known for 250,000 steps (1000, 2000 and 3000 in the first, second and third 100,000);
 * reconstructed: for other lengths all of it is scaled, each number rounded to the nearest whole
 * one, at least 1.
 *
 * @param stage updates of each stage but the last, which lasts to the end
 * @param intervals updates between two moves, one for each stage
 */
record UpdateTimetable(long stage, List<Long> intervals) {
  UpdateTimetable {
    intervals = List.copyOf(intervals);
  }

  /**
   * Returns the timetable of a run.
   *
   * @param steps updates in all
   * @param stage length of a stage, as a part of them
   * @param intervals as parts of them
   */
  static UpdateTimetable of(long steps, double stage, List<Double> intervals) {
    return new UpdateTimetable(
        scaled(stage, steps), intervals.stream().map(part -> scaled(part, steps)).toList());
  }

  private static long scaled(double part, long steps) {
    return Math.max(1, Math.round(part * (double) steps));
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
}
