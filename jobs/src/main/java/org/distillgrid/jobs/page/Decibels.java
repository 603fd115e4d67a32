package org.distillgrid.jobs.page;

import java.util.Locale;

/** Decibels in a sentence. */
final class Decibels {
  private Decibels() {}

  /** Returns a difference with its sign, {@code +0.035 dB} or {@code −0.400 dB}. */
  static String signed(double decibels) {
    return text("%+.3f dB", decibels);
  }

  /** Returns a PSNR, {@code 34.035 dB}, or of identical images {@code ∞ dB}. */
  static String of(double decibels) {
    return text("%.3f dB", decibels);
  }

  private static String text(String format, double decibels) {
    return String.format(Locale.ROOT, format, decibels).replace('-', '−').replace("Infinity", "∞");
  }
}
