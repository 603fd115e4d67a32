package org.distillgrid.jobs.spec.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.distillgrid.jobs.spec.binding.Inlined;
import org.distillgrid.jobs.spec.binding.Key;
import org.distillgrid.jobs.spec.binding.KeyDefaults;
import org.distillgrid.jobs.spec.binding.Naming;
import org.distillgrid.jobs.spec.binding.Shorthand;
import org.distillgrid.jobs.spec.yaml.YamlText;

/** Makes schemas of records whose components are keys, as the binder of specs reads them. */
final class KeySchemas {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  // A default that is put together from other keys has no text of its own.
  private static final String PLACE_HOLDER = "<";

  private KeySchemas() {}

  /**
   * Returns the schema of a mapping with the keys of a record.
   *
   * @param defaults those of its keys that are not the record's own
   */
  static ObjectNode record(Class<?> type, KeyDefaults defaults) {
    ObjectNode properties = NODES.objectNode();
    ArrayNode required = NODES.arrayNode();
    addKeys(type, defaults, properties, required);
    ObjectNode schema = NODES.objectNode();
    schema.put("type", "object");
    schema.set("properties", properties);
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    schema.put("additionalProperties", false);
    return schema;
  }

  private static void addKeys(
      Class<?> type, KeyDefaults defaults, ObjectNode properties, ArrayNode required) {
    for (RecordComponent component : type.getRecordComponents()) {
      KeyDefaults inside = KeyDefaults.within(component);
      if (component.isAnnotationPresent(Inlined.class)) {
        addKeys(component.getType(), inside.inlinedIn(defaults), properties, required);
        continue;
      }
      ObjectNode schema = value(component.getGenericType(), component);
      if (isRequired(component, defaults)) {
        required.add(component.getName());
      } else {
        schema = Alternatives.orNull(schema);
        addDefault(schema, defaults.of(component));
      }
      schema.put("description", component.getAnnotation(Key.class).help());
      properties.set(component.getName(), schema);
    }
  }

  // A record whose default has no keys is required if one of its own is.
  private static boolean isRequired(RecordComponent component, KeyDefaults defaults) {
    KeyDefaults inside = KeyDefaults.within(component);
    if (component.isAnnotationPresent(Inlined.class)) {
      return hasRequired(component.getType(), inside.inlinedIn(defaults));
    }
    return defaults.of(component).equals(Key.REQUIRED)
        || (component.getType().isRecord() && hasRequired(component.getType(), inside));
  }

  private static boolean hasRequired(Class<?> type, KeyDefaults defaults) {
    return Arrays.stream(type.getRecordComponents())
        .anyMatch(component -> isRequired(component, defaults));
  }

  private static void addDefault(ObjectNode schema, String standard) {
    if (standard.contains(PLACE_HOLDER)) {
      return;
    }
    JsonNode value = PlainJson.of(YamlText.parse(standard, "a default"));
    if (!value.isNull() && !value.isObject()) {
      schema.set("default", value);
    }
  }

  private static ObjectNode value(Type type, RecordComponent component) {
    if (type instanceof ParameterizedType generic) {
      Type element = generic.getActualTypeArguments()[0];
      ObjectNode schema = value(element, component);
      if (generic.getRawType() == Optional.class) {
        return schema;
      }
      return listOf(schema);
    }
    if (type instanceof Class<?> nested && nested.isRecord()) {
      return keys(nested, KeyDefaults.within(component));
    }
    Naming naming = component.getAnnotation(Naming.class);
    if (naming != null) {
      return NameSchemas.reference(naming.value());
    }
    return ScalarSchemas.of(type, component.getAnnotation(Key.class));
  }

  // A single value stands for a list of one.
  private static ObjectNode listOf(ObjectNode element) {
    ObjectNode list = NODES.objectNode();
    list.put("type", "array");
    list.set("items", element);
    return Alternatives.of(List.of(list, element));
  }

  private static ObjectNode keys(Class<?> type, KeyDefaults defaults) {
    ObjectNode keys = record(type, defaults);
    return Arrays.stream(type.getRecordComponents())
        .filter(component -> component.isAnnotationPresent(Shorthand.class))
        .findFirst()
        .map(component -> value(component.getGenericType(), component))
        .map(single -> Alternatives.of(List.of(single, keys)))
        .orElse(keys);
  }
}
