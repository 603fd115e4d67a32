package org.distillgrid.jobs.spec.binding;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.distillgrid.jobs.spec.yaml.YamlNode;
import org.distillgrid.jobs.spec.yaml.YamlText;
import org.distillgrid.kd.error.NearestName;

/**
 * Turns a tree into records whose components are {@link Key}s. Whatever does not fit becomes a
 * problem at its path; what is missing takes its default.
 */
public final class RecordBinder {
  private final Problems problems;

  /** A key's place in a spec, and the defaults of the record that it holds, if it holds one. */
  private record Place(Key key, KeyDefaults inside, String path) {
    Place element(int index) {
      return new Place(key, inside, SpecPath.element(path, index));
    }
  }

  public RecordBinder(Problems problems) {
    this.problems = problems;
  }

  /** Returns the record, or nothing if there were problems. */
  public <R extends Record> Optional<R> bind(Class<R> type, YamlNode.Mapping tree) {
    return record(type, tree, KeyDefaults.OWN, "").map(type::cast);
  }

  private Optional<Object> record(
      Class<?> type, YamlNode.Mapping tree, KeyDefaults defaults, String path) {
    refuseUnknown(type, tree, path);
    return filled(type, tree, defaults, path);
  }

  private Optional<Object> filled(
      Class<?> type, YamlNode.Mapping tree, KeyDefaults defaults, String path) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    boolean complete = true;
    for (int i = 0; i < components.length; i++) {
      Optional<Object> value = component(components[i], tree, defaults, path);
      complete = complete && value.isPresent();
      values[i] = value.orElse(null);
    }
    if (!complete) {
      return Optional.empty();
    }
    return Optional.of(construct(type, components, values));
  }

  private void refuseUnknown(Class<?> type, YamlNode.Mapping tree, String path) {
    List<String> known = keys(type).toList();
    for (String name : tree.entries().keySet()) {
      if (!known.contains(name)) {
        problems.add(SpecPath.child(path, name), "unknown key%s", NearestName.hint(name, known));
      }
    }
  }

  private static Stream<String> keys(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .flatMap(
            component -> {
              if (component.isAnnotationPresent(Inlined.class)) {
                return keys(component.getType());
              }
              return Stream.of(component.getName());
            });
  }

  private Optional<Object> component(
      RecordComponent component, YamlNode.Mapping tree, KeyDefaults defaults, String path) {
    KeyDefaults inside = KeyDefaults.within(component);
    if (component.isAnnotationPresent(Inlined.class)) {
      return filled(component.getType(), tree, inside.inlinedIn(defaults), path);
    }
    YamlNode given = tree.entries().get(component.getName());
    String child = SpecPath.child(path, component.getName());
    Place place = new Place(component.getAnnotation(Key.class), inside, child);
    if (!tree.lacks(component.getName())) {
      return value(component.getGenericType(), given, place);
    }
    String standard = defaults.of(component);
    if (!standard.equals(Key.REQUIRED)) {
      YamlNode node = YamlText.parse(standard, "default of " + child);
      return value(component.getGenericType(), node, place);
    }
    problems.add(child, "is required: %s", place.key().help());
    return Optional.empty();
  }

  private Optional<Object> value(Type type, YamlNode node, Place place) {
    if (type instanceof ParameterizedType generic) {
      Type element = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Optional.class) {
        return optional(element, node, place);
      }
      return list(element, node, place);
    }
    if (type instanceof Class<?> record && record.isRecord()) {
      if (node instanceof YamlNode.Mapping object) {
        return record(record, object, place.inside(), place.path());
      }
      return inShort(record, node, place);
    }
    return ScalarValue.of(type, place.key(), node, place.path(), problems);
  }

  private Optional<Object> inShort(Class<?> type, YamlNode node, Place place) {
    RecordComponent[] components = type.getRecordComponents();
    boolean isShort = Arrays.stream(components).anyMatch(RecordBinder::isShorthand);
    if (!isShort) {
      return mismatch("a mapping of keys", node, place.path());
    }
    if (!(node instanceof YamlNode.Scalar)) {
      return mismatch("text or a mapping of keys", node, place.path());
    }
    Object[] values = new Object[components.length];
    boolean complete = true;
    for (int i = 0; i < components.length; i++) {
      Optional<Object> value = Optional.of(Optional.empty());
      if (isShorthand(components[i])) {
        Key key = components[i].getAnnotation(Key.class);
        Place here = new Place(key, KeyDefaults.OWN, place.path());
        value = value(components[i].getGenericType(), node, here);
      }
      complete = complete && value.isPresent();
      values[i] = value.orElse(null);
    }
    if (!complete) {
      return Optional.empty();
    }
    return Optional.of(construct(type, components, values));
  }

  private static boolean isShorthand(RecordComponent component) {
    return component.isAnnotationPresent(Shorthand.class);
  }

  private Optional<Object> optional(Type element, YamlNode node, Place place) {
    if (node instanceof YamlNode.Nothing) {
      return Optional.of(Optional.empty());
    }
    return value(element, node, place).map(Optional::of);
  }

  // A single value stands for a list of one, so that grid.seed=3 works on a command line.
  private Optional<Object> list(Type element, YamlNode node, Place place) {
    if (!(node instanceof YamlNode.Listing listing)) {
      return value(element, node, place).map(List::of);
    }
    List<YamlNode> elements = listing.elements();
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      value(element, elements.get(i), place.element(i)).ifPresent(values::add);
    }
    if (values.size() < elements.size()) {
      return Optional.empty();
    }
    return Optional.of(List.copyOf(values));
  }

  private Optional<Object> mismatch(String expected, YamlNode node, String path) {
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
