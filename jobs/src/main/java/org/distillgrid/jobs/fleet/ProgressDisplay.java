package org.distillgrid.jobs.fleet;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Shows how far a run has come: one line rewritten in place on a terminal; elsewhere a line when a
 * member has ended, and at most every half minute between, so that a log file stays short.
 */
public final class ProgressDisplay implements Progress {
  private static final Duration QUIET = Duration.ofSeconds(30);

  /** What the lines are written to. */
  public enum Medium {
    /** A screen on which a line can be rewritten. */
    TERMINAL,
    /** A file or a pipe. */
    LOG
  }

  private final PrintStream out;
  private final Medium medium;
  private final InstantSource clock;
  private long lastMillis;
  private int lastEnded;
  private String lastText = "";

  /** Writes to a stream. */
  public ProgressDisplay(PrintStream out, Medium medium, InstantSource clock) {
    this.out = out;
    this.medium = medium;
    this.clock = clock;
    this.lastMillis = clock.millis();
  }

  /** Returns a display on standard error. */
  public static ProgressDisplay onStandardError() {
    return new ProgressDisplay(System.err, mediumOfStandardError(), InstantSource.system());
  }

  @Override
  public synchronized void show(ProgressLine line) {
    String text = line.text();
    if (text.equals(lastText)) {
      return;
    }
    switch (medium) {
      case TERMINAL -> {
        out.print("\r" + text + "\u001b[K");
        out.flush();
        lastText = text;
      }
      case LOG -> log(line, text);
    }
  }

  // The rewritten line is left for good, so that other output starts on a fresh one.
  @Override
  public synchronized void end() {
    if (medium == Medium.TERMINAL && !lastText.isEmpty()) {
      out.println();
    }
    lastText = "";
  }

  private void log(ProgressLine line, String text) {
    long now = clock.millis();
    int ended = line.ended();
    if (ended != lastEnded || now - lastMillis >= QUIET.toMillis()) {
      out.println(text);
      lastEnded = ended;
      lastMillis = now;
      lastText = text;
    }
  }

  // Java tells of standard input and output only; where there is no /proc a log is a safe guess.
  private static Medium mediumOfStandardError() {
    try {
      Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/2"));
      if (target.startsWith("/dev/pts") || target.startsWith("/dev/console")) {
        return Medium.TERMINAL;
      }
    } catch (IOException | UnsupportedOperationException e) {
      return Medium.LOG;
    }
    return Medium.LOG;
  }
}
