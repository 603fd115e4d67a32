package org.distillgrid.jobs.encoder;

import java.util.List;
import java.util.Optional;
import org.distillgrid.jobs.fleet.Attempts;
import org.distillgrid.jobs.fleet.CohortMember;
import org.distillgrid.jobs.fleet.CohortOrder;
import org.distillgrid.jobs.fleet.Fleet;
import org.distillgrid.jobs.fleet.FleetStage;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.table.RunFolder;
import org.distillgrid.kd.train.TrialSetup;

/** Trains an encoder by itself, which goes on where an earlier attempt was cut off. */
final class EncoderStage implements FleetStage {
  static final long SEED = 0;

  private final RunFolder run;
  private final CohortMember member;
  private TrialResult result;

  /**
   * Names the training.
   *
   * @param id of everything that decides the weights
   * @param encoder the encoder's canonical name
   */
  EncoderStage(RunFolder run, String id, String encoder, long steps) {
    this.run = run;
    TrialSetup setup = new TrialSetup(id, encoder, "fp", Catalog.NO_QUANTIZER, Catalog.NO_METHOD);
    this.member = new CohortMember(setup, "encoder/attempts/" + id, steps);
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
    return "encoder";
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
