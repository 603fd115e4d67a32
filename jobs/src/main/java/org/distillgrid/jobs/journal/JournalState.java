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
 * @param attempts how many attempts of each trial were started
 * @param stages the detail of each finished stage by its name
 * @param damaged names of files that carry an event's name but no event; they count for nothing
 */
public record JournalState(
    Map<String, Outcome> trials,
    Map<String, Integer> attempts,
    Map<String, String> stages,
    List<String> damaged) {

  /**
   * How a trial stands.
   *
   * @param finished whether it has a result
   * @param attempt the attempt that decided it; empty if it failed before any attempt ran
   * @param detail the weight hash, or the error
   */
  public record Outcome(boolean finished, String attempt, String detail) {}

  /** Takes unmodifiable copies. */
  public JournalState {
    trials = Collections.unmodifiableMap(new LinkedHashMap<>(trials));
    attempts = Collections.unmodifiableMap(new LinkedHashMap<>(attempts));
    stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
    damaged = List.copyOf(damaged);
  }

  /**
   * Folds events, oldest first; a finished trial stays finished even if another attempt fails
   * later.
   */
  static JournalState of(List<Event> events, List<String> damaged) {
    Map<String, Outcome> trials = new LinkedHashMap<>();
    Map<String, Integer> attempts = new LinkedHashMap<>();
    Map<String, String> stages = new LinkedHashMap<>();
    for (Event event : events) {
      switch (event.kind()) {
        case TRIAL_STARTED -> attempts.merge(event.subject(), 1, Integer::sum);
        case TRIAL_FINISHED ->
            trials.merge(event.subject(), outcome(event, true), JournalState::later);
        case TRIAL_FAILED ->
            trials.merge(event.subject(), outcome(event, false), JournalState::later);
        case STAGE_FINISHED -> stages.put(event.subject(), event.detail());
        case RUN_STARTED, RUN_FINISHED -> {}
      }
    }
    return new JournalState(trials, attempts, stages, damaged);
  }

  /** Returns the attempt whose result counts, if the trial is finished. */
  public Optional<String> finishedAttempt(String trialId) {
    return Optional.ofNullable(trials.get(trialId)).filter(Outcome::finished).map(Outcome::attempt);
  }

  private static Outcome outcome(Event event, boolean finished) {
    return new Outcome(finished, event.attempt(), event.detail());
  }

  // The driver decides for a second result only when the first is gone; a late failure of an
  // attempt
  // that another has overtaken changes nothing.
  private static Outcome later(Outcome earlier, Outcome now) {
    if (earlier.finished() && !now.finished()) {
      return earlier;
    }
    return now;
  }
}
