package org.distillgrid.jobs.table;

import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;
import org.distillgrid.jobs.plan.Trial;

/**
 * What the tables say of a trial before it has trained, as they spell it; small enough to be sent
 * to executors by the thousand.
 *
 * @param task the task's name
 * @param scale target size over input size
 * @param student model name of the student
 * @param studentLabel what tables call the student
 * @param start what it started from
 * @param bits its bits
 * @param quantizer the quantiser's canonical name
 * @param method the method's canonical name
 * @param label what tables call the method
 * @param seed the trial's seed
 * @param teacher the teacher's canonical name; empty when the trial reads none
 * @param teacherPredict how what it reads of the teacher came about; empty likewise
 */
public record TrialAxes(
    String task,
    int scale,
    String student,
    String studentLabel,
    String start,
    String bits,
    String quantizer,
    String method,
    String label,
    long seed,
    String teacher,
    String teacherPredict)
    implements Serializable {
  /** Returns what the tables say of a trial. */
  public static TrialAxes of(Trial trial) {
    return new TrialAxes(
        trial.task(),
        trial.scale(),
        trial.cell().student().text(),
        trial.cell().label(),
        trial.from().start().name().toLowerCase(Locale.ROOT),
        trial.cell().bits().toString(),
        trial.cell().quantizer().canonical(),
        trial.cell().method().canonical(),
        trial.label(),
        trial.cell().seed(),
        ofTeacher(trial, trial.teacher()),
        ofTeacher(trial, trial.predict().name().toLowerCase(Locale.ROOT)));
  }

  /** Returns how what it reads of the teacher came about, if it reads anything. */
  Optional<String> predict() {
    return Optional.of(teacherPredict).filter(how -> !how.isEmpty());
  }

  /** Returns whether its numbers depend on the teacher. */
  boolean readsTeacher() {
    return !teacher.isEmpty();
  }

  private static String ofTeacher(Trial trial, String what) {
    if (trial.readsTeacher()) {
      return what;
    }
    return "";
  }
}
