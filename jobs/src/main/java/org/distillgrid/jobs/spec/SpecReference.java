package org.distillgrid.jobs.spec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.distillgrid.jobs.spec.binding.Inlined;
import org.distillgrid.jobs.spec.binding.Key;
import org.distillgrid.jobs.spec.binding.KeyDefaults;
import org.distillgrid.jobs.spec.binding.ScalarValue;
import org.distillgrid.jobs.spec.binding.Shorthand;
import org.distillgrid.jobs.spec.binding.SpecPath;

/** Writes the reference page of the spec from the keys themselves. */
final class SpecReference {
  private final StringBuilder page = new StringBuilder();

  private SpecReference() {}

  /** Returns the table of all keys in Markdown, in the order of the spec. */
  public static String table() {
    SpecReference reference = new SpecReference();
    reference.page.append("| key | type | default | meaning |\n|---|---|---|---|\n");
    reference.rows(RunSpec.class, KeyDefaults.OWN, "");
    return reference.page.toString();
  }

  private void rows(Class<?> type, KeyDefaults defaults, String path) {
    for (RecordComponent component : type.getRecordComponents()) {
      KeyDefaults inside = KeyDefaults.within(component);
      if (component.isAnnotationPresent(Inlined.class)) {
        rows(component.getType(), inside.inlinedIn(defaults), path);
        continue;
      }
      String child = SpecPath.child(path, component.getName());
      row(component, defaults.of(component), child);
      Class<?> nested = element(component.getGenericType());
      if (nested.isRecord()) {
        rows(nested, inside, child + suffix(component.getType()));
      }
    }
  }

  private void row(RecordComponent component, String yaml, String path) {
    Key key = component.getAnnotation(Key.class);
    String standard = "`" + yaml + "`";
    if (yaml.equals(Key.REQUIRED)) {
      standard = "required";
    }
    if (component.getType().isRecord()) {
      standard = "";
    }
    page.append(
        "| `%s` | %s | %s | %s%s |\n"
            .formatted(path, type(component), standard, key.help(), range(key)));
  }

  private static String range(Key key) {
    if (key.least() == Double.NEGATIVE_INFINITY) {
      return "";
    }
    return " (" + ScalarValue.range(key) + ")";
  }

  private static String type(RecordComponent component) {
    Class<?> element = element(component.getGenericType());
    String name = ScalarValue.expected(element).replaceFirst("^a ", "");
    if (element.isRecord()) {
      name = keys(element);
    }
    if (component.getType() == Optional.class) {
      return name + " or null";
    }
    if (component.getType() == List.class) {
      return "list of " + name;
    }
    return name;
  }

  private static String keys(Class<?> record) {
    return Arrays.stream(record.getRecordComponents())
        .filter(component -> component.isAnnotationPresent(Shorthand.class))
        .map(component -> ScalarValue.expected(element(component.getGenericType())) + " or keys")
        .findFirst()
        .orElse("keys");
  }

  private static Class<?> element(Type type) {
    if (type instanceof ParameterizedType generic) {
      return (Class<?>) generic.getActualTypeArguments()[0];
    }
    return (Class<?>) type;
  }

  private static String suffix(Class<?> type) {
    if (type == List.class) {
      return "[]";
    }
    return "";
  }
}
