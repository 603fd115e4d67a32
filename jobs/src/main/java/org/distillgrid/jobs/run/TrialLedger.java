package org.distillgrid.jobs.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.folder.SideBySide;
import org.distillgrid.jobs.journal.Event;
import org.distillgrid.jobs.journal.EventKind;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.FinishedTrial;
import org.distillgrid.jobs.journal.Journal;
import org.distillgrid.jobs.journal.JournalState;
import org.distillgrid.jobs.journal.Standing;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.worker.Attempts;
import org.distillgrid.jobs.worker.Training;

/** The result that counts of every trial that has one, in step with the journal. */
final class TrialLedger {
  private final RunFolder run;
  private final Journal journal;
  private final IndexedResults indexed;
  private final Map<String, Standing> standings = new LinkedHashMap<>();

  TrialLedger(RunFolder run, Journal journal) {
    this.run = run;
    this.journal = journal;
    this.indexed = new IndexedResults(run, journal);
  }

  /** Takes over what earlier runs have finished, whether or not they lived to note it. */
  void adopt(List<? extends Training> trainings, Consumer<String> messages) {
    JournalState state = indexed.earlier(messages);
    List<Optional<FinishedTrial>> known =
        SideBySide.answers(trainings, training -> known(state, training));
    known.stream().flatMap(Optional::stream).forEach(indexed::keep);
    trainings.forEach(training -> indexed.seen(training.id()));
    for (int i = 0; i < trainings.size(); i++) {
      Training training = trainings.get(i);
      known
          .get(i)
          .ifPresentOrElse(
              trial -> standings.put(trial.trialId(), trial),
              () ->
                  new Attempts(run, training)
                      .finished()
                      .ifPresent(result -> settle(training, result)));
    }
    indexed.writeIfDue();
  }

  private Optional<FinishedTrial> known(JournalState state, Training training) {
    return state.finishedAttempt(training.id()).flatMap(attempt -> indexed.find(training, attempt));
  }

  /** Notes that a device has begun to work on a trial. */
  void begin(Training training, String attempt) {
    journal.append(Event.of(EventKind.TRIAL_STARTED, training.id(), attempt, ""));
  }

  /** Notes the result of a trial and returns how it stands from now on. */
  Standing settle(Training training, TrialResult result) {
    String attempt = result.attempt();
    journal.append(
        result.either(
            finished ->
                Event.of(EventKind.TRIAL_FINISHED, training.id(), attempt, finished.weightHash()),
            failed -> Event.of(EventKind.TRIAL_FAILED, training.id(), attempt, failed.error())));
    Standing standing = result.either(finished -> finished(training, finished), failed -> failed);
    standings.put(training.id(), standing);
    indexed.writeIfDue();
    return standing;
  }

  private Standing finished(Training training, FinishedResult result) {
    new Attempts(run, training).deleteCheckpoints();
    return indexed.keep(training, result);
  }

  /** Leaves what is known now for the next run to find. */
  void close() {
    indexed.writeIfChanged();
  }

  /** Returns whether no trial has ended yet. */
  boolean isEmpty() {
    return standings.isEmpty();
  }

  /** Returns whether a trial has finished, in this run or an earlier one. */
  boolean isFinished(String id) {
    return standings.get(id) instanceof FinishedTrial;
  }

  /** Returns how a trial stands; null if it has not ended. */
  Standing standing(String id) {
    return standings.get(id);
  }

  /** Returns how the trials stand that have ended so far, by trial id. */
  Map<String, Standing> standings() {
    return new LinkedHashMap<>(standings);
  }
}
