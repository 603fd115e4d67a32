package org.distillgrid.jobs.fleet;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Shows how far a run has come: one line rewritten in place on a terminal, cut to its width;
 * elsewhere a line a minute, and the last one, so that a log file stays short.
 */
public final class ProgressDisplay implements Progress {
  private static final Duration QUIET = Duration.ofMinutes(1);

  private final PrintStream out;
  private final Medium medium;
  private final InstantSource clock;
  private long lastMillis;
  private String latest = "";
  private String shown = "";

  /** What the lines are written to. */
  public sealed interface Medium {
    /**
     * A screen on which a line can be rewritten.
     *
     * @param columns characters that a line of it holds
     */
    record Terminal(int columns) implements Medium {}

    /** A file or a pipe. */
    record Log() implements Medium {}
  }

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
    latest = line.text();
    if (latest.equals(shown)) {
      return;
    }
    if (medium instanceof Medium.Terminal terminal) {
      out.print("\r" + cut(latest, terminal.columns()) + "\u001b[K");
      out.flush();
      shown = latest;
    } else if (clock.millis() - lastMillis >= QUIET.toMillis()) {
      log();
    }
  }

  // The rewritten line is left for good, so that other output starts on a fresh one.
  @Override
  public synchronized void end() {
    if (medium instanceof Medium.Terminal) {
      if (!shown.isEmpty()) {
        out.println();
      }
    } else if (!latest.equals(shown)) {
      log();
    }
    latest = "";
    shown = "";
  }

  private void log() {
    out.println(latest);
    lastMillis = clock.millis();
    shown = latest;
  }

  // The last column stays free: some terminals go on to the next line once it is filled.
  private static String cut(String text, int columns) {
    int length = text.codePointCount(0, text.length());
    if (length < columns) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, Math.max(0, columns - 2))) + "…";
  }

  // Java tells of standard input and output only; where there is no /proc a log is a safe guess.
  private static Medium mediumOfStandardError() {
    try {
      Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/2"));
      if (target.startsWith("/dev/pts")
          || target.startsWith("/dev/console")
          || target.toString().matches("/dev/tty\\d+")) {
        return new Medium.Terminal(TerminalWidth.here());
      }
    } catch (IOException | UnsupportedOperationException e) {
      return new Medium.Log();
    }
    return new Medium.Log();
  }
}
