package org.distillgrid.jobs.spec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads YAML into a tree and remembers the line of every key. */
final class SpecText {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String source;
  private final Map<String, Integer> lines = new HashMap<>();

  private SpecText(String source) {
    this.source = source;
  }

  /**
   * A parsed text.
   *
   * @param root its one value
   * @param lines the line of each key by the key's path, counted from 1
   */
  record Tree(JsonNode root, Map<String, Integer> lines) {}

  /**
   * Parses one YAML document.
   *
   * @param source names the text in messages
   * @throws GridException if it is not YAML, or repeats a key
   */
  static Tree parse(String text, String source) {
    SpecText reading = new SpecText(source);
    try (YAMLParser parser = new YAMLFactory().createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return new Tree(NODES.nullNode(), Map.of());
      }
      JsonNode root = reading.value(parser, "");
      if (parser.nextToken() != null) {
        throw reading.refused(line(parser), "a second document is not allowed");
      }
      return new Tree(root, reading.lines);
    } catch (JsonProcessingException e) {
      throw reading.syntax(e);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory failed", e);
    }
  }

  private JsonNode value(YAMLParser parser, String path) throws IOException {
    if (parser.isCurrentAlias()) {
      throw refused(line(parser), "an alias (*name) is not allowed; write the value out");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(parser, path);
      case START_ARRAY -> list(parser, path);
      case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      default -> scalar(parser);
    };
  }

  private static JsonNode scalar(YAMLParser parser) throws IOException {
    return NODES.textNode(parser.getText());
  }

  private ObjectNode mapping(YAMLParser parser, String path) throws IOException {
    ObjectNode mapping = NODES.objectNode();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      String child = SpecPath.child(path, key);
      int line = line(parser);
      if (mapping.has(key)) {
        throw refused(
            line, child + " is given twice, first on line " + lines.get(child) + "; keep one");
      }
      lines.put(child, line);
      parser.nextToken();
      mapping.set(key, value(parser, child));
    }
    return mapping;
  }

  private ArrayNode list(YAMLParser parser, String path) throws IOException {
    ArrayNode list = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String child = SpecPath.element(path, list.size());
      lines.put(child, line(parser));
      list.add(value(parser, child));
    }
    return list;
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  private GridException refused(int line, String what) {
    return GridException.of(ErrorCode.USAGE, "Cannot use spec %s: line %d: %s", source, line, what);
  }

  private GridException syntax(JsonProcessingException e) {
    if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      return refused(
          marked.getProblemMark().getLine() + 1, "no valid YAML: " + marked.getProblem());
    }
    int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    String problem = e.getOriginalMessage().lines().findFirst().orElse("unreadable");
    return refused(line, "no valid YAML: " + problem);
  }
}
