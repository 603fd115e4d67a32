package org.distillgrid.jobs.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.distillgrid.jobs.spec.binding.Inlined;
import org.distillgrid.jobs.spec.binding.ScalarValue;
import org.distillgrid.jobs.spec.binding.Shorthand;

/** Writes a spec with every key, in the order of the records. */
public final class SpecWriter {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private SpecWriter() {}

  /** Returns the effective spec as YAML, which {@link SpecReader#effective} reads back equal. */
  public static String yaml(RunSpec spec) {
    YAMLMapper mapper =
        YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();
    try {
      return mapper.writeValueAsString(tree(spec));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of text and numbers has a YAML form", e);
    }
  }

  /** Returns the spec as a tree with every key. */
  public static ObjectNode tree(Record value) {
    ObjectNode tree = NODES.objectNode();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      Object held = component(value, component);
      if (component.isAnnotationPresent(Inlined.class)) {
        tree.setAll(tree((Record) held));
      } else if (!isOmitted(held, value)) {
        tree.set(component.getName(), node(held));
      }
    }
    return tree;
  }

  private static boolean isOmitted(Object held, Record value) {
    return shorthand(value).isPresent() && held.equals(Optional.empty());
  }

  private static Optional<String> shorthand(Record value) {
    return Arrays.stream(value.getClass().getRecordComponents())
        .filter(component -> component.isAnnotationPresent(Shorthand.class))
        .map(RecordComponent::getName)
        .findFirst();
  }

  // What a single value can say is written as one.
  private static JsonNode brief(Record nested) {
    ObjectNode tree = tree(nested);
    return shorthand(nested)
        .filter(key -> tree.size() == 1 && tree.has(key))
        .map(tree::get)
        .orElse(tree);
  }

  private static JsonNode node(Object value) {
    if (value instanceof Record nested) {
      return brief(nested);
    }
    if (value instanceof Optional<?> optional) {
      return optional.map(SpecWriter::node).orElse(NODES.nullNode());
    }
    if (value instanceof List<?> list) {
      ArrayNode array = NODES.arrayNode();
      list.forEach(element -> array.add(node(element)));
      return array;
    }
    if (value instanceof Integer number) {
      return NODES.numberNode(number);
    }
    if (value instanceof Long number) {
      return NODES.numberNode(number);
    }
    if (value instanceof Double number) {
      return NODES.numberNode(number);
    }
    if (value instanceof Enum<?> choice) {
      return NODES.textNode(ScalarValue.spelling(choice));
    }
    return NODES.textNode((String) value);
  }

  private static Object component(Record value, RecordComponent component) {
    try {
      return component.getAccessor().invoke(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("A record's component can be read: " + component, e);
    }
  }
}
