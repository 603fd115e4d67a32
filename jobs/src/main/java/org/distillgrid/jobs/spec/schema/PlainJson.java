package org.distillgrid.jobs.spec.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.distillgrid.jobs.spec.yaml.YamlNode;
import org.distillgrid.jobs.spec.yaml.YamlNumber;

/** Turns YAML into the JSON that it stands for by YAML 1.2's core schema, as editors do. */
final class PlainJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private PlainJson() {}

  static JsonNode of(YamlNode node) {
    if (node instanceof YamlNode.Mapping mapping) {
      ObjectNode object = NODES.objectNode();
      mapping.entries().forEach((key, value) -> object.set(key, of(value)));
      return object;
    }
    if (node instanceof YamlNode.Listing list) {
      ArrayNode array = NODES.arrayNode();
      list.elements().forEach(element -> array.add(of(element)));
      return array;
    }
    if (node instanceof YamlNode.Scalar scalar) {
      return scalar(scalar);
    }
    return NODES.nullNode();
  }

  private static JsonNode scalar(YamlNode.Scalar scalar) {
    String text = scalar.text();
    if (scalar.style() == YamlNode.Style.QUOTED) {
      return NODES.textNode(text);
    }
    Optional<Long> whole = YamlNumber.whole(text);
    if (whole.isPresent()) {
      return NODES.numberNode(whole.get());
    }
    if (text.equals("true") || text.equals("false")) {
      return NODES.booleanNode(text.equals("true"));
    }
    return YamlNumber.of(text)
        .<JsonNode>map(number -> NODES.numberNode(number.doubleValue()))
        .orElseGet(() -> NODES.textNode(text));
  }
}
