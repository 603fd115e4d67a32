package org.distillgrid.jobs.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.Event;
import org.distillgrid.jobs.journal.EventKind;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.Journal;
import org.distillgrid.jobs.journal.JournalState;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.worker.Attempts;
import org.distillgrid.jobs.worker.Training;

/** The result that counts of every trial that has one, in step with the journal. */
final class TrialLedger {
  private final RunFolder run;
  private final Journal journal;
  private final Map<String, TrialResult> results = new LinkedHashMap<>();

  TrialLedger(RunFolder run, Journal journal) {
    this.run = run;
    this.journal = journal;
  }

  /** Takes over what earlier runs have finished, whether or not they lived to note it. */
  void adopt(List<? extends Training> trainings, Consumer<String> messages) {
    JournalState state = journal.replay();
    if (!state.damaged().isEmpty()) {
      messages.accept("Journal: passing over damaged " + String.join(", ", state.damaged()));
    }
    for (Training training : trainings) {
      Optional<TrialResult> known =
          state
              .finishedAttempt(training.id())
              .flatMap(attempt -> training.attempt(run, attempt).result())
              .filter(FinishedResult.class::isInstance);
      if (known.isPresent()) {
        results.put(training.id(), known.get());
      } else {
        new Attempts(run, training).finished().ifPresent(result -> settle(training, result));
      }
    }
  }

  /** Notes that a device has begun to work on a trial. */
  void begin(Training training, String attempt) {
    journal.append(Event.of(EventKind.TRIAL_STARTED, training.id(), attempt, ""));
  }

  /** Notes the result of a trial. */
  void settle(Training training, TrialResult result) {
    String attempt = result.attempt();
    journal.append(
        result.either(
            finished ->
                Event.of(EventKind.TRIAL_FINISHED, training.id(), attempt, finished.weightHash()),
            failed -> Event.of(EventKind.TRIAL_FAILED, training.id(), attempt, failed.error())));
    if (result instanceof FinishedResult) {
      new Attempts(run, training).deleteCheckpoints();
    }
    results.put(training.id(), result);
  }

  /** Returns whether a trial has finished, in this run or an earlier one. */
  boolean isFinished(String id) {
    return results.get(id) instanceof FinishedResult;
  }

  /** Returns the results so far, by trial id. */
  Map<String, TrialResult> results() {
    return new LinkedHashMap<>(results);
  }
}
