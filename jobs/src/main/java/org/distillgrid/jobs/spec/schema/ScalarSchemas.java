package org.distillgrid.jobs.spec.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Type;
import java.util.Arrays;
import org.distillgrid.jobs.spec.binding.Key;
import org.distillgrid.jobs.spec.binding.ScalarValue;

/** Makes schemas of numbers, choices and texts. */
final class ScalarSchemas {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final double EXACT = 1e15;

  private ScalarSchemas() {}

  static ObjectNode of(Type type, Key key) {
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return bounded(NODES.objectNode().put("type", "integer"), key);
    }
    if (type == double.class || type == Double.class) {
      return bounded(NODES.objectNode().put("type", "number"), key);
    }
    if (type instanceof Class<?> choice && choice.isEnum()) {
      return choices(choice);
    }
    return text("\\S");
  }

  /**
   * Returns the schema of a text, which may look like a number.
   *
   * @param pattern a regular expression that is found in it
   */
  static ObjectNode text(String pattern) {
    ArrayNode types = NODES.arrayNode().add("string").add("number").add("boolean");
    ObjectNode schema = NODES.objectNode();
    schema.set("type", types);
    schema.put("pattern", pattern);
    return schema;
  }

  private static ObjectNode choices(Class<?> choice) {
    ArrayNode spellings = NODES.arrayNode();
    Arrays.stream(choice.getEnumConstants())
        .forEach(constant -> spellings.add(ScalarValue.spelling((Enum<?>) constant)));
    ObjectNode schema = NODES.objectNode();
    schema.set("enum", spellings);
    return schema;
  }

  private static ObjectNode bounded(ObjectNode schema, Key key) {
    bound(schema, "minimum", key.least());
    bound(schema, "maximum", key.most());
    return schema;
  }

  private static void bound(ObjectNode schema, String name, double value) {
    if (Double.isInfinite(value)) {
      return;
    }
    if (value == Math.rint(value) && Math.abs(value) < EXACT) {
      schema.put(name, (long) value);
    } else {
      schema.put(name, value);
    }
  }
}
