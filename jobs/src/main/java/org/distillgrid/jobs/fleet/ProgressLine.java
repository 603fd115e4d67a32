package org.distillgrid.jobs.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a run has come, as one line shows it. Kinds of work overlap: each is a part of its own.
 *
 * @param parts kinds of work, in the order in which they were declared
 * @param stepsDone steps that this run has made, over all trainings
 * @param stepsLeft steps that are still to be made, over all trainings that have not ended
 * @param elapsed time since the work began
 * @param left time that the rest takes; empty before it means something
 */
public record ProgressLine(
    List<Part> parts, long stepsDone, long stepsLeft, Duration elapsed, Optional<Duration> left) {
  /**
   * One kind of work.
   *
   * @param stage what it is, for instance {@code trials}
   * @param done members that have ended well, those of earlier runs included
   * @param failed members that have failed
   * @param running members that a device is at work on
   * @param total all members
   */
  public record Part(String stage, int done, int failed, int running, int total) {
    private String text() {
      List<String> counts = new ArrayList<>();
      counts.add(String.format(Locale.ROOT, "%s: %d/%d done", stage, done, total));
      if (running > 0) {
        counts.add(running + " running");
      }
      if (failed > 0) {
        counts.add(failed + " failed");
      }
      return String.join(", ", counts);
    }
  }

  public ProgressLine {
    parts = List.copyOf(parts);
  }

  /** Returns how many members have ended, of all parts. */
  public int ended() {
    return parts.stream().mapToInt(part -> part.done() + part.failed()).sum();
  }

  /**
   * Returns the line: counts of every part that is under way or had failures, then the rate once
   * there is one, and the time left.
   */
  public String text() {
    List<String> texts = new ArrayList<>();
    texts.add(String.join("; ", shown().stream().map(Part::text).toList()));
    double rate = rate();
    if (rate > 0) {
      texts.add(String.format(Locale.ROOT, "%.1f steps/s", rate));
    }
    left.ifPresent(length -> texts.add(time(length) + " left"));
    return String.join(", ", texts);
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

  // Where nothing is under way the part that comes next stands for all, at the end the last one.
  private List<Part> shown() {
    List<Part> shown =
        parts.stream().filter(part -> part.running() > 0 || part.failed() > 0).toList();
    if (!shown.isEmpty() || parts.isEmpty()) {
      return shown;
    }
    Part last = parts.get(parts.size() - 1);
    return List.of(
        parts.stream().filter(part -> part.done() < part.total()).findFirst().orElse(last));
  }

  private double rate() {
    if (stepsDone == 0 || elapsed.toMillis() == 0) {
      return 0;
    }
    return (double) stepsDone * 1000 / (double) elapsed.toMillis();
  }
}
