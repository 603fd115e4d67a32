package org.distillgrid.jobs.spec;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/** Collects what is wrong with one spec, so that a person sees all of it at once. */
public final class Problems {
  private final String source;
  private final Map<String, Integer> lines;
  private final List<String> found = new ArrayList<>();

  /**
   * Starts without problems.
   *
   * @param source names the spec in the message
   * @param lines the line of each key's path, where it is known
   */
  Problems(String source, Map<String, Integer> lines) {
    this.source = source;
    this.lines = lines;
  }

  @FormatMethod
  public void add(String path, @FormatString String format, Object... arguments) {
    String what = path + ": " + String.format(Locale.ROOT, format, arguments);
    Integer line = lines.get(path);
    if (line == null) {
      found.add(what);
    } else {
      found.add("line " + line + ": " + what);
    }
  }

  /** Runs a look-up and keeps its message as a problem of a key. */
  public void attempt(String path, Runnable lookUp) {
    try {
      lookUp.run();
    } catch (GridException e) {
      add(path, "%s", e.getMessage());
    }
  }

  public int count() {
    return found.size();
  }

  void throwIfAny() {
    if (found.size() == 1) {
      throw GridException.of(ErrorCode.USAGE, "Cannot use spec %s: %s", source, found.get(0));
    }
    if (!found.isEmpty()) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot use spec %s: %d problems%n  %s",
          source,
          found.size(),
          String.join(System.lineSeparator() + "  ", found));
    }
  }
}
