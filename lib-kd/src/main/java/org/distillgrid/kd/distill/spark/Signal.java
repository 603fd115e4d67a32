package org.distillgrid.kd.distill.spark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The four difficulty signals. */
enum Signal {
  /** Laplacian variance of the target. */
  LAPLACIAN(0),
  /** Pixel variance of the target. */
  PIXEL(1),
  /** The student's error. */
  STUDENT(2),
  /** The gap between student and teacher. */
  GAP(3);

  private final int channel;

  Signal(int channel) {
    this.channel = channel;
  }

  /** Returns its place among the signals of {@code DifficultySignals}. */
  int channel() {
    return channel;
  }

  /** Returns its name in options and series. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns all names in order. */
  static List<String> words() {
    return Arrays.stream(values()).map(Signal::word).toList();
  }
}
