package org.distillgrid.jobs.spec.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads one YAML document into a tree. Anchors, aliases and merge keys are followed within bounds:
 * what aliases stand for, depth and length.
 */
public final class YamlText {
  /** The longest text that is read, in characters. */
  public static final int MOST_CHARACTERS = 4_000_000;

  private static final int MOST_DEPTH = 64;
  private static final int MOST_ALIASED = 10_000;
  private static final String MERGE = "<<";
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

  private final String source;
  private final ParserImpl events;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private int nodes;
  private int aliased;

  /** What an anchor names, and of how many values it consists. */
  private record Anchored(YamlNode node, int nodes) {}

  private YamlText(String text, String source) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    this.source = source;
    this.events = new ParserImpl(new StreamReader(text), options);
  }

  /**
   * Parses one YAML document; a text without one is null.
   *
   * @param source names the text in messages
   * @throws GridException if it is not YAML, repeats a key, or is out of bounds
   */
  public static YamlNode parse(String text, String source) {
    if (text.length() > MOST_CHARACTERS) {
      throw refused(source, "is longer than " + MOST_CHARACTERS + " characters");
    }
    try {
      return new YamlText(text, source).document();
    } catch (MarkedYAMLException e) {
      throw refused(source, line(e.getProblemMark()) + "no valid YAML: " + e.getProblem());
    } catch (YAMLException e) {
      String problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
      throw refused(source, "no valid YAML: " + problem);
    }
  }

  private YamlNode document() {
    events.getEvent();
    if (events.checkEvent(Event.ID.StreamEnd)) {
      return new YamlNode.Nothing(YamlNode.NO_LINE, "");
    }
    events.getEvent();
    YamlNode root = value(events.getEvent(), 0);
    events.getEvent();
    if (!events.checkEvent(Event.ID.StreamEnd)) {
      events.getEvent();
      throw refused(events.peekEvent(), "a second document is not allowed");
    }
    return root;
  }

  private YamlNode value(Event event, int depth) {
    if (depth > MOST_DEPTH) {
      throw refused(event, "values are nested more than " + MOST_DEPTH + " deep");
    }
    if (event instanceof AliasEvent alias) {
      return aliased(alias);
    }
    int before = nodes;
    nodes++;
    YamlNode node = written(event, depth);
    String anchor = ((NodeEvent) event).getAnchor();
    if (anchor != null) {
      anchors.put(anchor, new Anchored(node, nodes - before));
    }
    return node;
  }

  private YamlNode written(Event event, int depth) {
    if (event instanceof MappingStartEvent start) {
      requireTag(event, start.getTag(), "map");
      return mapping(line(event), depth);
    }
    if (event instanceof SequenceStartEvent start) {
      requireTag(event, start.getTag(), "seq");
      return list(line(event), depth);
    }
    return scalar((ScalarEvent) event);
  }

  // Values are immutable, so an alias shares its anchor's; whoever walks the tree meets it again.
  private YamlNode aliased(AliasEvent alias) {
    Anchored anchored = anchors.get(alias.getAnchor());
    if (anchored == null) {
      String name = alias.getAnchor();
      throw refused(alias, "*" + name + " has no whole &" + name + " before it");
    }
    nodes += anchored.nodes();
    aliased += anchored.nodes();
    if (aliased > MOST_ALIASED) {
      throw refused(alias, "aliases stand for more than " + MOST_ALIASED + " values");
    }
    return anchored.node();
  }

  private YamlNode.Mapping mapping(int line, int depth) {
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    List<YamlNode> bases = new ArrayList<>();
    for (Event event = events.getEvent();
        !(event instanceof MappingEndEvent);
        event = events.getEvent()) {
      if (isMerge(event)) {
        merge(event, depth, bases);
        continue;
      }
      String key = key(event);
      YamlNode earlier = entries.get(key);
      if (earlier != null) {
        throw refused(
            event, key + " is given twice, first on line " + earlier.line() + "; keep one");
      }
      entries.put(key, value(events.getEvent(), depth + 1).at(line(event)));
    }
    for (YamlNode base : bases) {
      ((YamlNode.Mapping) base).entries().forEach(entries::putIfAbsent);
    }
    return new YamlNode.Mapping(line, entries);
  }

  private static boolean isMerge(Event event) {
    return event instanceof ScalarEvent scalar
        && scalar.isPlain()
        && scalar.getValue().equals(MERGE);
  }

  private void merge(Event event, int depth, List<YamlNode> bases) {
    YamlNode value = value(events.getEvent(), depth + 1);
    List<YamlNode> found = List.of(value);
    if (value instanceof YamlNode.Listing list) {
      found = list.elements();
    }
    if (!bases.isEmpty() || !found.stream().allMatch(YamlNode.Mapping.class::isInstance)) {
      throw refused(event, "<< stands once, for a mapping or a list of mappings");
    }
    bases.addAll(found);
  }

  private String key(Event event) {
    if (!(event instanceof ScalarEvent) && !(event instanceof AliasEvent)) {
      throw refused(event, "a key must be text");
    }
    if (value(event, 0) instanceof YamlNode.Scalar scalar && !scalar.text().isBlank()) {
      return scalar.text();
    }
    throw refused(event, "a key must be text");
  }

  private YamlNode.Listing list(int line, int depth) {
    List<YamlNode> elements = new ArrayList<>();
    for (Event event = events.getEvent();
        !(event instanceof SequenceEndEvent);
        event = events.getEvent()) {
      elements.add(value(event, depth + 1).at(line(event)));
    }
    return new YamlNode.Listing(line, elements);
  }

  private YamlNode scalar(ScalarEvent event) {
    int line = line(event);
    String text = event.getValue();
    String tag = kind(event.getTag());
    if (tag.isEmpty() && event.isPlain()) {
      return plain(line, text);
    }
    return switch (tag) {
      case "", "!", "str" -> new YamlNode.Scalar(line, text, YamlNode.Style.QUOTED);
      case "int", "float", "bool" -> new YamlNode.Scalar(line, text, YamlNode.Style.PLAIN);
      case "null" -> new YamlNode.Nothing(line, text);
      default -> throw refused(event, "tag " + tag + " is not allowed");
    };
  }

  private static YamlNode plain(int line, String text) {
    if (NULLS.contains(text)) {
      return new YamlNode.Nothing(line, text);
    }
    return new YamlNode.Scalar(line, text, YamlNode.Style.PLAIN);
  }

  private void requireTag(Event event, String tag, String allowed) {
    String kind = kind(tag);
    if (!kind.isEmpty() && !kind.equals("!") && !kind.equals(allowed)) {
      throw refused(event, "tag " + kind + " is not allowed here");
    }
  }

  private static String kind(String tag) {
    if (tag == null) {
      return "";
    }
    return tag.replaceFirst("^tag:yaml\\.org,2002:", "");
  }

  private static int line(Event event) {
    return event.getStartMark().getLine() + 1;
  }

  private static String line(Mark mark) {
    if (mark == null) {
      return "";
    }
    return "line " + (mark.getLine() + 1) + ": ";
  }

  private GridException refused(Event event, String what) {
    return refused(source, "line " + line(event) + ": " + what);
  }

  private static GridException refused(String source, String what) {
    return GridException.of(
        ErrorCode.USAGE, "Cannot use spec %s: %s", OneLine.of(source), OneLine.of(what));
  }
}
