package org.distillgrid.jobs.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.distillgrid.kd.error.NearestName;

/**
 * Turns a tree into records whose components are {@link Key}s. Whatever does not fit becomes a
 * problem at its path; what is missing takes its default.
 */
final class RecordBinder {
  private final Problems problems;

  RecordBinder(Problems problems) {
    this.problems = problems;
  }

  /** Returns the record, or nothing if there were problems. */
  <R extends Record> Optional<R> bind(Class<R> type, ObjectNode tree) {
    return record(type, tree, "").map(type::cast);
  }

  private Optional<Object> record(Class<?> type, ObjectNode tree, String path) {
    RecordComponent[] components = type.getRecordComponents();
    refuseUnknown(components, tree, path);
    Object[] values = new Object[components.length];
    boolean complete = true;
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      String child = SpecPath.child(path, component.getName());
      Optional<Object> value = component(component, tree.get(component.getName()), child);
      complete = complete && value.isPresent();
      values[i] = value.orElse(null);
    }
    if (!complete) {
      return Optional.empty();
    }
    return Optional.of(construct(type, components, values));
  }

  private void refuseUnknown(RecordComponent[] components, ObjectNode tree, String path) {
    List<String> known = Arrays.stream(components).map(RecordComponent::getName).toList();
    for (Iterator<String> names = tree.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        problems.add(SpecPath.child(path, name), "unknown key%s", NearestName.hint(name, known));
      }
    }
  }

  private Optional<Object> component(RecordComponent component, JsonNode given, String path) {
    Key key = component.getAnnotation(Key.class);
    if (given != null && !given.isNull()) {
      return value(component.getGenericType(), key, given, path);
    }
    if (!key.standard().equals(Key.REQUIRED)) {
      JsonNode standard = SpecText.parse(key.standard(), "default of " + path).root();
      return value(component.getGenericType(), key, standard, path);
    }
    problems.add(path, "is required: %s", key.help());
    return Optional.empty();
  }

  private Optional<Object> value(Type type, Key key, JsonNode node, String path) {
    if (type instanceof ParameterizedType generic) {
      Type element = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Optional.class) {
        return optional(element, key, node, path);
      }
      return list(element, key, node, path);
    }
    if (type instanceof Class<?> record && record.isRecord()) {
      if (node instanceof ObjectNode object) {
        return record(record, object, path);
      }
      return mismatch("a mapping of keys", node, path);
    }
    return ScalarValue.of(type, key, node, path, problems);
  }

  private Optional<Object> optional(Type element, Key key, JsonNode node, String path) {
    if (node.isNull()) {
      return Optional.of(Optional.empty());
    }
    return value(element, key, node, path).map(Optional::of);
  }

  // A single value stands for a list of one, so that grid.seed=3 works on a command line.
  private Optional<Object> list(Type element, Key key, JsonNode node, String path) {
    if (!(node instanceof ArrayNode array)) {
      return value(element, key, node, path).map(List::of);
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      value(element, key, array.get(i), SpecPath.element(path, i)).ifPresent(values::add);
    }
    if (values.size() < array.size()) {
      return Optional.empty();
    }
    return Optional.of(List.copyOf(values));
  }

  private Optional<Object> mismatch(String expected, JsonNode node, String path) {
    problems.add(path, "expected %s, found %s", expected, ScalarValue.describe(node));
    return Optional.empty();
  }

  private static Object construct(Class<?> type, RecordComponent[] components, Object[] values) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      throw new IllegalStateException("A record has a constructor of its components: " + type, e);
    }
  }
}
