package org.distillgrid.jobs.grid;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How far a stage has come, as one line shows it.
 *
 * @param stage what is trained, for instance {@code trials}
 * @param done members that have ended well, those of earlier runs included
 * @param failed members that have failed
 * @param running members that a device is at work on
 * @param total all members
 * @param stepsDone steps that this run has made, over all members
 * @param stepsLeft steps that are still to be made, over all members that have not ended
 * @param elapsed time since the stage began
 */
public record ProgressLine(
    String stage,
    int done,
    int failed,
    int running,
    int total,
    long stepsDone,
    long stepsLeft,
    Duration elapsed) {

  /** Returns the line: counts, then the rate and the time left once a rate can be told. */
  public String text() {
    List<String> parts = new ArrayList<>();
    parts.add(String.format(Locale.ROOT, "%s: %d/%d done", stage, done, total));
    if (running > 0) {
      parts.add(running + " running");
    }
    if (failed > 0) {
      parts.add(failed + " failed");
    }
    double rate = rate();
    if (rate > 0) {
      parts.add(String.format(Locale.ROOT, "%.1f steps/s", rate));
      if (stepsLeft > 0) {
        parts.add(time(Duration.ofSeconds(Math.round((double) stepsLeft / rate))) + " left");
      }
    }
    return String.join(", ", parts);
  }

  /** Returns a length of time such as {@code 45 s}, {@code 3 min 20 s} or {@code 2 h 5 min}. */
  public static String time(Duration length) {
    if (length.toHours() > 0) {
      return length.toHours() + " h " + length.toMinutesPart() + " min";
    }
    if (length.toMinutes() > 0) {
      return length.toMinutes() + " min " + length.toSecondsPart() + " s";
    }
    return length.toSeconds() + " s";
  }

  private double rate() {
    if (stepsDone == 0 || elapsed.toMillis() == 0) {
      return 0;
    }
    return (double) stepsDone * 1000 / (double) elapsed.toMillis();
  }
}
