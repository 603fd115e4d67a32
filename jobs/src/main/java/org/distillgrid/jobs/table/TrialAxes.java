package org.distillgrid.jobs.table;

import java.io.Serializable;
import org.distillgrid.jobs.plan.Trial;

/**
 * What the tables say of a trial before it has trained, as they spell it; small enough to be sent
 * to executors by the thousand.
 *
 * @param task the task's name
 * @param scale target size over input size
 * @param student model name of the student
 * @param bits its bits
 * @param quantizer the quantiser's canonical name
 * @param method the method's canonical name
 * @param label what tables call the method
 * @param seed the trial's seed
 * @param teacher the teacher's canonical name; empty when the trial reads none
 */
public record TrialAxes(
    String task,
    int scale,
    String student,
    String bits,
    String quantizer,
    String method,
    String label,
    long seed,
    String teacher)
    implements Serializable {
  /** Returns what the tables say of a trial. */
  public static TrialAxes of(Trial trial) {
    return new TrialAxes(
        trial.task(),
        trial.scale(),
        trial.cell().student().text(),
        trial.cell().bits().toString(),
        trial.cell().quantizer().canonical(),
        trial.cell().method().canonical(),
        trial.label(),
        trial.cell().seed(),
        teacher(trial));
  }

  /** Returns whether its numbers depend on the teacher. */
  boolean readsTeacher() {
    return !teacher.isEmpty();
  }

  private static String teacher(Trial trial) {
    if (trial.readsTeacher()) {
      return trial.teacher();
    }
    return "";
  }
}
