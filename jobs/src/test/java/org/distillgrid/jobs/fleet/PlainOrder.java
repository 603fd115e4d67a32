package org.distillgrid.jobs.fleet;

import java.util.Arrays;
import java.util.List;
import org.distillgrid.jobs.journal.Circumstances;
import org.distillgrid.jobs.journal.FailedResult;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.worker.Training;
import org.distillgrid.jobs.worker.TrainingOrder;

/** An order that says whom to train and leaves the rest to a test. */
record PlainOrder(String attempt, List<Plain> trainings) implements TrainingOrder {
  /** A training of ten steps that is nothing but its name. */
  record Plain(String id) implements Training {
    @Override
    public String folder() {
      return "attempts/" + id;
    }

    @Override
    public long steps() {
      return 10;
    }
  }

  static PlainOrder of(String attempt, String... ids) {
    return new PlainOrder(attempt, Arrays.stream(ids).map(Plain::new).toList());
  }

  List<String> ids() {
    return trainings.stream().map(Plain::id).toList();
  }

  @Override
  public String purpose() {
    return "train " + String.join(" ", ids());
  }

  @Override
  public PlainOrder alone(Training training, String freshAttempt) {
    return PlainOrder.of(freshAttempt, training.id());
  }

  @Override
  public TrialResult neverRun(String id, String error) {
    return result(id, "", error);
  }

  @Override
  public List<TrialResult> carryOut() {
    return trainings.stream().map(each -> result(each.id(), attempt + "-0", "")).toList();
  }

  /** Returns a result that failed if there is an error. */
  static TrialResult result(String id, String attempt, String error) {
    Circumstances circumstances =
        new Circumstances(
            id,
            attempt,
            10,
            "cpu",
            "slot",
            1,
            "",
            new TrialResult.Versions("1", "2", "17"),
            "2026-01-01T00:00:00Z");
    if (error.isEmpty()) {
      return new FinishedResult(
          circumstances, 1, 1, 4, 5L, 80L, "hash", "", "", "", null, List.of(), List.of());
    }
    return new FailedResult(circumstances, error);
  }
}
