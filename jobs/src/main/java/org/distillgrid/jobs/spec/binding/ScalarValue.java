package org.distillgrid.jobs.spec.binding;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.distillgrid.jobs.spec.yaml.OneLine;
import org.distillgrid.jobs.spec.yaml.YamlNode;
import org.distillgrid.jobs.spec.yaml.YamlNumber;

/** Reads the numbers and texts of a spec, each within its key's range. */
public final class ScalarValue {
  private static final int MOST_SHOWN = 80;
  private static final Set<String> BOOLEANS = Set.of("true", "false");

  private ScalarValue() {}

  static Optional<Object> of(Type type, Key key, YamlNode node, String path, Problems problems) {
    Optional<Object> value = read(type, node);
    if (value.isEmpty()) {
      problems.add(path, "expected %s, found %s", expected(type), describe(node));
    }
    return value.filter(read -> isInRange(read, key, path, problems));
  }

  /** Returns what a type is called in messages and in the reference page. */
  public static String expected(Type type) {
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return "a whole number";
    }
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    if (type instanceof Class<?> choice && choice.isEnum()) {
      return choices(choice).map(ScalarValue::spelling).collect(Collectors.joining(" or "));
    }
    return "text";
  }

  public static String describe(YamlNode node) {
    if (node instanceof YamlNode.Listing) {
      return "a list";
    }
    if (node instanceof YamlNode.Mapping) {
      return "a mapping of keys";
    }
    if (node instanceof YamlNode.Scalar scalar) {
      return shown(scalar);
    }
    return "nothing";
  }

  private static String shown(YamlNode.Scalar scalar) {
    String text = OneLine.of(scalar.text(), MOST_SHOWN);
    boolean plain = scalar.style() == YamlNode.Style.PLAIN;
    if (plain && (BOOLEANS.contains(text) || YamlNumber.of(text).isPresent())) {
      return text;
    }
    return '"' + text + '"';
  }

  /** Returns a bound without a needless fraction: {@code 1}, not {@code 1.0}. */
  static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return Double.toString(value);
  }

  /** Returns how a spec spells a choice. */
  public static String spelling(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  private static Stream<Enum<?>> choices(Class<?> type) {
    return Arrays.stream(type.getEnumConstants()).map(choice -> (Enum<?>) choice);
  }

  private static Optional<Object> read(Type type, YamlNode node) {
    if (!(node instanceof YamlNode.Scalar scalar)) {
      return Optional.empty();
    }
    if (type == String.class) {
      return Optional.of(scalar.text());
    }
    // Older YAML takes a bare y for true, so that whoever writes it may well quote it.
    if (type instanceof Class<?> choice && choice.isEnum()) {
      return choices(choice)
          .filter(each -> spelling(each).equals(scalar.text()))
          .findFirst()
          .map(Object.class::cast);
    }
    if (scalar.style() == YamlNode.Style.QUOTED) {
      return Optional.empty();
    }
    if (type == int.class || type == Integer.class) {
      return YamlNumber.whole(scalar.text())
          .filter(value -> value == value.intValue())
          .map(Long::intValue);
    }
    if (type == long.class || type == Long.class) {
      return YamlNumber.whole(scalar.text()).map(value -> value);
    }
    if (type == double.class || type == Double.class) {
      return YamlNumber.of(scalar.text()).map(BigDecimal::doubleValue);
    }
    throw new IllegalStateException("A key has a type that specs do not know: " + type);
  }

  private static boolean isInRange(Object value, Key key, String path, Problems problems) {
    if (value instanceof String text) {
      return isText(text, path, problems);
    }
    if (value instanceof Enum<?>) {
      return true;
    }
    double number = ((Number) value).doubleValue();
    if (number >= key.least() && number <= key.most()) {
      return true;
    }
    problems.add(path, "must be %s, found %s", range(key), number(number));
    return false;
  }

  private static boolean isText(String text, String path, Problems problems) {
    if (text.isBlank()) {
      problems.add(path, "must not be empty");
      return false;
    }
    if (OneLine.hasControls(text)) {
      problems.add(path, "must be one line of plain text, found \"%s\"", text);
      return false;
    }
    return true;
  }

  /** Returns a key's range in words. */
  public static String range(Key key) {
    if (key.most() == Double.POSITIVE_INFINITY) {
      return "at least " + number(key.least());
    }
    return "between " + number(key.least()) + " and " + number(key.most());
  }
}
