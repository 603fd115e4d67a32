package org.distillgrid.jobs.page;

import java.util.Locale;

/** Differences of decibels in a sentence. */
final class Decibels {
  private Decibels() {}

  /** Returns a difference with its sign, {@code +0.035 dB} or {@code −0.400 dB}. */
  static String signed(double decibels) {
    return String.format(Locale.ROOT, "%+.3f dB", decibels).replace('-', '−');
  }
}
