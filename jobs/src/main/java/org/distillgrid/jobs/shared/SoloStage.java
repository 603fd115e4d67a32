package org.distillgrid.jobs.shared;

import java.util.List;
import java.util.Optional;
import org.distillgrid.jobs.fleet.Fleet;
import org.distillgrid.jobs.fleet.FleetStage;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.folder.SharedPlace;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.worker.Attempts;
import org.distillgrid.jobs.worker.CohortMember;
import org.distillgrid.jobs.worker.CohortOrder;
import org.distillgrid.jobs.worker.Subject;

/** Trains one network by itself, which goes on where an earlier attempt was cut off. */
public final class SoloStage implements FleetStage {
  /** Its seed, whatever the grid's seeds are. */
  public static final long SEED = 0;

  private final RunFolder run;
  private final String name;
  private final CohortMember member;
  private TrialResult result;

  /**
   * Names the training.
   *
   * @param place where what is trained lies, its attempts too
   * @param id of everything that decides the weights
   * @param subject what that is to the cohort that it is alone in
   * @param steps updates that it is given
   */
  public SoloStage(SharedPlace place, String id, Subject subject, long steps) {
    this.run = place.run();
    this.name = place.name();
    this.member = new CohortMember(id, subject, place.training(id).relative(), steps);
  }

  /** Returns what training it left, now or earlier. */
  public TrialResult train(CohortOrder.Work work, Fleet fleet) {
    Optional<FinishedResult> earlier = new Attempts(run, member).finished();
    if (earlier.isPresent()) {
      return earlier.get();
    }
    fleet.run(List.of(new CohortOrder(work, SEED, List.of(member), Fleet.freshAttempt())), this);
    return result;
  }

  @Override
  public String name() {
    return name;
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
    if (how instanceof FinishedResult) {
      new Attempts(run, member).deleteCheckpoints();
    }
    return Next.GO_ON;
  }
}
