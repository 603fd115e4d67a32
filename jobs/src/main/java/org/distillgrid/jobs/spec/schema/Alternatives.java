package org.distillgrid.jobs.spec.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Puts schemas beside one another of which a value must fit one. */
final class Alternatives {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String ANY_OF = "anyOf";
  private static final String TYPE = "type";

  private Alternatives() {}

  /** Returns the schema of what fits one of several. */
  static ObjectNode of(List<ObjectNode> schemas) {
    ArrayNode branches = NODES.arrayNode();
    schemas.forEach(branches::add);
    ObjectNode schema = NODES.objectNode();
    schema.set(ANY_OF, branches);
    return schema;
  }

  /** Returns the schema of what fits another, or is null: a key that is null has its default. */
  static ObjectNode orNull(ObjectNode schema) {
    ObjectNode nothing = NODES.objectNode().put(TYPE, "null");
    if (schema.get(ANY_OF) instanceof ArrayNode branches) {
      ObjectNode either = schema.deepCopy();
      either.set(ANY_OF, branches.deepCopy().add(nothing));
      return either;
    }
    if (!schema.has(TYPE)) {
      return of(List.of(schema, nothing));
    }
    ObjectNode either = schema.deepCopy();
    ArrayNode types = NODES.arrayNode();
    JsonNode type = schema.get(TYPE);
    if (type instanceof ArrayNode several) {
      types.addAll(several);
    } else {
      types.add(type);
    }
    either.set(TYPE, types.add("null"));
    return either;
  }
}
