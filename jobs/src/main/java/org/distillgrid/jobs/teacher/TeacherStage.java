package org.distillgrid.jobs.teacher;

import java.util.List;
import java.util.Optional;
import org.distillgrid.jobs.fleet.Attempts;
import org.distillgrid.jobs.fleet.CohortMember;
import org.distillgrid.jobs.fleet.CohortOrder;
import org.distillgrid.jobs.fleet.Fleet;
import org.distillgrid.jobs.fleet.FleetStage;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.TeacherSpec;
import org.distillgrid.jobs.table.RunFolder;
import org.distillgrid.kd.train.TrialSetup;

/** Trains a teacher as a cohort of one, which goes on where an earlier attempt was cut off. */
final class TeacherStage implements FleetStage {
  static final long SEED = 0;

  private final RunFolder run;
  private final CohortMember member;
  private TrialResult result;

  TeacherStage(RunFolder run, String id, TeacherSpec teacher) {
    this.run = run;
    TrialSetup setup =
        new TrialSetup(id, teacher.model(), "fp", Catalog.NO_QUANTIZER, Catalog.NO_METHOD);
    this.member = new CohortMember(setup, "teacher/attempts/" + id, teacher.train().steps());
  }

  /** Returns what training it left, now or earlier. */
  TrialResult train(CohortOrder.Work work, Fleet fleet) {
    Optional<TrialResult> earlier = new Attempts(run, member).finished();
    if (earlier.isPresent()) {
      return earlier.get();
    }
    fleet.run(List.of(new CohortOrder(work, SEED, List.of(member), Fleet.freshAttempt())), this);
    return result;
  }

  @Override
  public String name() {
    return "teacher";
  }

  @Override
  public int doneBefore() {
    return 0;
  }

  @Override
  public void started(CohortMember started, String attempt) {}

  @Override
  public Next ended(CohortMember ended, TrialResult how) {
    result = how;
    if (how.finished()) {
      new Attempts(run, member).deleteCheckpoints();
    }
    return Next.GO_ON;
  }
}
