package org.distillgrid.jobs.journal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a journal amounts to when it is read from its first event to its last.
 *
 * @param trials the last settled outcome of each trial, in the order in which they settled first
 * @param damaged names of files that carry an event's name but no event; they count for nothing
 */
public record JournalState(Map<String, Outcome> trials, List<String> damaged) {

  /** How a trial stands. */
  public sealed interface Outcome permits Finished, Failed {}

  /**
   * A trial that has a result.
   *
   * @param attempt the attempt whose result counts
   * @param weightHash SHA-256 of the weights that it left, hexadecimal
   */
  public record Finished(String attempt, String weightHash) implements Outcome {}

  /**
   * A trial that has none.
   *
   * @param attempt the attempt that failed; empty if it failed before any attempt ran
   * @param error why, one line
   */
  public record Failed(String attempt, String error) implements Outcome {}

  public JournalState {
    trials = Collections.unmodifiableMap(new LinkedHashMap<>(trials));
    damaged = List.copyOf(damaged);
  }

  /**
   * Folds events, oldest first, over trials that have finished before them; a finished trial stays
   * finished even if another attempt fails later.
   */
  static JournalState of(List<FinishedTrial> before, List<Event> events, List<String> damaged) {
    Map<String, Outcome> trials = new LinkedHashMap<>();
    before.forEach(
        trial -> trials.put(trial.trialId(), new Finished(trial.attempt(), trial.weightHash())));
    for (Event event : events) {
      switch (event.kind()) {
        case TRIAL_FINISHED ->
            trials.put(event.subject(), new Finished(event.attempt(), event.detail()));
        case TRIAL_FAILED ->
            trials.merge(
                event.subject(),
                new Failed(event.attempt(), event.detail()),
                JournalState::afterFailure);
        case TRIAL_STARTED, STAGE_FINISHED, RUN_STARTED, RUN_FINISHED -> {}
      }
    }
    return new JournalState(trials, damaged);
  }

  /** Returns the attempt whose result counts, if the trial is finished. */
  public Optional<String> finishedAttempt(String trialId) {
    if (trials.get(trialId) instanceof Finished finished) {
      return Optional.of(finished.attempt());
    }
    return Optional.empty();
  }

  // The driver decides for a second result only when the first is gone; a late failure of an
  // attempt that another has overtaken changes nothing.
  private static Outcome afterFailure(Outcome earlier, Outcome failed) {
    if (earlier instanceof Finished) {
      return earlier;
    }
    return failed;
  }
}
