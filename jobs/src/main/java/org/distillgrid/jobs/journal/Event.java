package org.distillgrid.jobs.journal;

import java.time.Instant;

/**
 * One thing that happened.
 *
 * @param kind what it says
 * @param subject the trial's id, the stage's name or the driver's
 * @param attempt the attempt's id; empty where no attempt is meant
 * @param detail an error, a hash or a count; may be empty
 * @param at the time in UTC, ISO 8601
 */
public record Event(EventKind kind, String subject, String attempt, String detail, String at) {
  /** Returns an event of this moment that speaks of no attempt. */
  public static Event of(EventKind kind, String subject, String detail) {
    return new Event(kind, subject, "", detail, Instant.now().toString());
  }

  /** Returns an event of this moment about an attempt at a trial. */
  public static Event of(EventKind kind, String trialId, String attempt, String detail) {
    return new Event(kind, trialId, attempt, detail, Instant.now().toString());
  }
}
