package org.distillgrid.jobs.fleet;

import java.time.InstantSource;

/**
 * How long an order has been at its steps: from the first that is seen, as what comes before that
 * is a start that the next order need not make again, or of an order that ends unseen from its
 * beginning.
 */
final class Stopwatch {
  private static final long NEVER = -1;
  private static final double MILLIS = 1000;

  private final InstantSource clock;
  private long began = NEVER;
  private long firstStep = NEVER;
  private long ended = NEVER;

  Stopwatch(InstantSource clock) {
    this.clock = clock;
  }

  void begins() {
    began = clock.millis();
  }

  void steps() {
    if (firstStep == NEVER) {
      firstStep = clock.millis();
    }
  }

  void ends() {
    ended = clock.millis();
    if (firstStep == NEVER) {
      firstStep = began;
    }
  }

  double seconds() {
    if (firstStep == NEVER) {
      return 0;
    }
    if (ended == NEVER) {
      return (clock.millis() - firstStep) / MILLIS;
    }
    return (ended - firstStep) / MILLIS;
  }
}
