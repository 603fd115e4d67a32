package org.distillgrid.jobs.spec.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of a YAML text. A scalar keeps what was written, as only the key that it belongs to tells
 * whether {@code 010} is a number or a name.
 */
public sealed interface YamlNode {
  /** The line of what no file holds. */
  int NO_LINE = 0;

  /** Returns the line of its key, or of itself in a list, from 1; {@link #NO_LINE} has no file. */
  int line();

  /** Returns the same value at another line. */
  YamlNode at(int line);

  /** Returns the same value as no file holds it. */
  default YamlNode withoutLines() {
    return at(NO_LINE);
  }

  /** How a scalar is written: only a plain one can be a number. */
  enum Style {
    PLAIN,
    QUOTED
  }

  /**
   * A text or a number.
   *
   * @param text as it was written, without quotes
   */
  record Scalar(int line, String text, Style style) implements YamlNode {
    @Override
    public Scalar at(int other) {
      return new Scalar(other, text, style);
    }
  }

  /**
   * Null.
   *
   * @param text how it was written: empty, {@code ~} or {@code null}
   */
  record Nothing(int line, String text) implements YamlNode {
    @Override
    public Nothing at(int other) {
      return new Nothing(other, text);
    }
  }

  /** A list. */
  record Listing(int line, List<YamlNode> elements) implements YamlNode {
    /** Takes an unmodifiable copy of the elements. */
    public Listing {
      elements = List.copyOf(elements);
    }

    @Override
    public Listing at(int other) {
      return new Listing(other, elements);
    }

    @Override
    public Listing withoutLines() {
      return new Listing(NO_LINE, elements.stream().map(YamlNode::withoutLines).toList());
    }
  }

  /** Keys and their values, in the order written. */
  record Mapping(int line, Map<String, YamlNode> entries) implements YamlNode {
    /** Takes an unmodifiable copy of the entries. */
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    @Override
    public Mapping at(int other) {
      return new Mapping(other, entries);
    }

    @Override
    public Mapping withoutLines() {
      Map<String, YamlNode> without = new LinkedHashMap<>();
      entries.forEach((key, value) -> without.put(key, value.withoutLines()));
      return new Mapping(NO_LINE, without);
    }

    /** Returns this mapping with another value of a key. */
    public Mapping with(String key, YamlNode value) {
      Map<String, YamlNode> changed = new LinkedHashMap<>(entries);
      changed.put(key, value);
      return new Mapping(line, changed);
    }

    /** Returns whether a key is missing or null. */
    public boolean lacks(String key) {
      return !entries.containsKey(key) || entries.get(key) instanceof Nothing;
    }
  }
}
