package org.distillgrid.jobs.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the numbers and texts of a spec, each within its key's range. */
final class ScalarValue {
  // YAML 1.1 takes 1e4 for text, as it wants a sign in the exponent; people do not.
  private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]+(\\.[0-9]*)?[eE][0-9]+");

  private ScalarValue() {}

  static Optional<Object> of(Type type, Key key, JsonNode node, String path, Problems problems) {
    Optional<Object> value = read(type, node);
    if (value.isEmpty()) {
      problems.add(path, "expected %s, found %s", expected(type), describe(node));
    }
    return value.filter(read -> isInRange(read, key, path, problems));
  }

  /** Returns what a type is called in messages and in the reference page. */
  static String expected(Type type) {
    if (type == int.class || type == long.class || type == Long.class) {
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

  static String describe(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT -> "a mapping of keys";
      case STRING -> "\"" + node.asText() + "\"";
      case NULL, MISSING -> "nothing";
      case NUMBER, BOOLEAN, BINARY, POJO -> node.asText();
    };
  }

  /** Returns a bound without a needless fraction: {@code 1}, not {@code 1.0}. */
  static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return Double.toString(value);
  }

  /** Returns how a spec spells a choice. */
  static String spelling(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  private static Stream<Enum<?>> choices(Class<?> type) {
    return Arrays.stream(type.getEnumConstants()).map(choice -> (Enum<?>) choice);
  }

  private static Optional<Object> read(Type type, JsonNode node) {
    if (type == int.class) {
      return Optional.<Object>of(node.intValue())
          .filter(value -> node.isIntegralNumber() && node.canConvertToInt());
    }
    if (type == long.class || type == Long.class) {
      return Optional.<Object>of(node.longValue())
          .filter(value -> node.isIntegralNumber() && node.canConvertToLong());
    }
    if (type == double.class || type == Double.class) {
      return decimal(node);
    }
    if (type == String.class) {
      return Optional.<Object>of(node.asText()).filter(value -> node.isTextual());
    }
    if (type instanceof Class<?> choice && choice.isEnum()) {
      return choices(choice)
          .filter(each -> node.isTextual() && spelling(each).equals(node.asText()))
          .findFirst()
          .map(Object.class::cast);
    }
    throw new IllegalStateException("A key has a type that specs do not know: " + type);
  }

  private static Optional<Object> decimal(JsonNode node) {
    if (node.isNumber()) {
      return Optional.of(node.doubleValue());
    }
    if (node.isTextual() && DECIMAL.matcher(node.asText()).matches()) {
      return Optional.of(Double.parseDouble(node.asText()));
    }
    return Optional.empty();
  }

  private static boolean isInRange(Object value, Key key, String path, Problems problems) {
    if (value instanceof String text) {
      if (text.isBlank()) {
        problems.add(path, "must not be empty");
      }
      return !text.isBlank();
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

  /** Returns a key's range in words. */
  static String range(Key key) {
    if (key.most() == Double.POSITIVE_INFINITY) {
      return "at least " + number(key.least());
    }
    return "between " + number(key.least()) + " and " + number(key.most());
  }
}
