package org.distillgrid.jobs.spec.binding;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.distillgrid.jobs.spec.yaml.OneLine;
import org.distillgrid.jobs.spec.yaml.YamlNode;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/** Collects what is wrong with one spec, so that a person sees all of it at once. */
public final class Problems {
  private static final int MOST_SHOWN = 50;

  private final String source;
  private final Map<String, Integer> lines = new HashMap<>();
  private final List<String> found = new ArrayList<>();

  /**
   * Starts without problems.
   *
   * @param source names the spec in the message
   */
  public Problems(String source) {
    this.source = source;
  }

  /** Takes the line of each key from a tree, for the problems that follow. */
  public void locate(YamlNode root) {
    lines.clear();
    locate(root, "");
  }

  private void locate(YamlNode node, String path) {
    if (node.line() != YamlNode.NO_LINE && !path.isEmpty()) {
      lines.put(path, node.line());
    }
    if (node instanceof YamlNode.Mapping mapping) {
      mapping.entries().forEach((key, value) -> locate(value, SpecPath.child(path, key)));
    }
    if (node instanceof YamlNode.Listing list) {
      for (int i = 0; i < list.elements().size(); i++) {
        locate(list.elements().get(i), SpecPath.element(path, i));
      }
    }
  }

  @FormatMethod
  public void add(String path, @FormatString String format, Object... arguments) {
    add(path, lines.get(path), String.format(Locale.ROOT, format, arguments));
  }

  /** Adds a problem of one element of a list, told under the list's key and at its own line. */
  @FormatMethod
  public void addOf(String path, int element, @FormatString String format, Object... arguments) {
    Integer line = lines.getOrDefault(SpecPath.element(path, element), lines.get(path));
    add(path, line, String.format(Locale.ROOT, format, arguments));
  }

  private void add(String path, Integer line, String problem) {
    String what = OneLine.of(path + ": " + problem);
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

  public void throwIfAny() {
    if (found.size() == 1) {
      throw GridException.of(ErrorCode.USAGE, "Cannot use spec %s: %s", source, found.get(0));
    }
    if (!found.isEmpty()) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot use spec %s: %d problems%n  %s",
          source,
          found.size(),
          String.join(System.lineSeparator() + "  ", shown()));
    }
  }

  private List<String> shown() {
    if (found.size() <= MOST_SHOWN) {
      return found;
    }
    List<String> shown = new ArrayList<>(found.subList(0, MOST_SHOWN));
    shown.add("and " + (found.size() - MOST_SHOWN) + " more");
    return shown;
  }
}
