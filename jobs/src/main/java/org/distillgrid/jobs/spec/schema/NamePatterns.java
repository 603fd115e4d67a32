package org.distillgrid.jobs.spec.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.distillgrid.kd.model.ModelFamily;
import org.distillgrid.kd.quant.QuantizerFamily;
import org.distillgrid.kd.quant.QuantizerFlag;
import org.distillgrid.kd.registry.NameOption;
import org.distillgrid.kd.registry.ValueOption;

/** What names with options look like, as regular expressions that JavaScript and Java share. */
final class NamePatterns {
  private static final String NUMBER = "[0-9]+(\\.[0-9]+)?";
  private static final String NUMBERS = NUMBER + "(x" + NUMBER + ")*";
  private static final String WHOLE = "[+-]?[0-9]+(\\.0*)?";
  private static final String DECIMAL = "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?";
  private static final String WIDTH = "([2-8]|32)";
  private static final String SPACE = "\\s*";

  private NamePatterns() {}

  /** Returns a pattern that a whole text must match. */
  static String whole(String pattern) {
    return "^" + pattern + "$";
  }

  static String anyOf(List<String> patterns) {
    return "(" + String.join("|", patterns) + ")";
  }

  /** Returns the pattern of two or more with a plus between them. */
  static String sum(List<String> patterns) {
    String part = anyOf(patterns);
    return part + "(\\+" + part + ")+";
  }

  static String bits() {
    return "(fp|w" + WIDTH + "a" + WIDTH + ")";
  }

  /** Returns the pattern of a family and options with a dash before each: edsr-c64-b16. */
  static String dashed(String family, List<? extends NameOption> options) {
    String name = literal(family);
    if (options.isEmpty()) {
      return name;
    }
    return name + "(-" + anyOf(options.stream().map(NamePatterns::dashed).toList()) + ")*";
  }

  private static String dashed(NameOption option) {
    if (option.takesSeveral()) {
      return option.key() + NUMBERS;
    }
    return option.key() + NUMBER;
  }

  static String model(ModelFamily family) {
    String dashed = dashed(family.name(), family.options());
    return family.paperNames().map(paper -> anyOf(List.of(dashed, paper))).orElse(dashed);
  }

  /** Returns the pattern of a method alone or with options, {@code spark (grid=[4, 8])}. */
  static String method(String name, List<ValueOption> options) {
    return SPACE + literal(name) + optional(SPACE, options, NamePatterns::orSeveral) + SPACE;
  }

  // An option of a method may have a list of values to choose from.
  private static String orSeveral(String value) {
    String place = SPACE + value + SPACE;
    return "(" + value + "|\\[" + place + "(," + place + ")*\\])";
  }

  /** Returns the pattern of a quantiser with options and choices, {@code pams(rate=0.02)-head}. */
  static String quantizer(QuantizerFamily family) {
    return literal(family.name()) + optional("", family.options(), value -> value) + flags(family);
  }

  private static String flags(QuantizerFamily family) {
    if (family.kind() == QuantizerFamily.Kind.FULL_PRECISION) {
      return "";
    }
    return Arrays.stream(QuantizerFlag.values())
        .filter(flag -> suits(flag, family))
        .map(QuantizerFlag::text)
        .collect(Collectors.joining("|", "(-(", "))*"));
  }

  private static boolean suits(QuantizerFlag flag, QuantizerFamily family) {
    return flag != QuantizerFlag.SYMMETRIC || family.ranges() == QuantizerFamily.Ranges.SELECTABLE;
  }

  private static String optional(
      String before, List<ValueOption> options, UnaryOperator<String> values) {
    if (options.isEmpty()) {
      return "";
    }
    String assignment = SPACE + assignments(options, values) + SPACE;
    return "(" + before + "\\(" + assignment + "(," + assignment + ")*\\))?";
  }

  // Options that take the same values share what these look like.
  private static String assignments(List<ValueOption> options, UnaryOperator<String> values) {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    for (ValueOption option : options) {
      keys.computeIfAbsent(value(option.values()), any -> new ArrayList<>()).add(option.key());
    }
    return anyOf(
        keys.entrySet().stream()
            .map(entry -> assignment(entry.getValue(), values.apply(entry.getKey())))
            .toList());
  }

  private static String assignment(List<String> keys, String value) {
    return anyOf(keys) + SPACE + "=" + SPACE + value;
  }

  private static String value(ValueOption.Values values) {
    if (values instanceof ValueOption.OneOf words) {
      return anyOf(words.words().stream().map(NamePatterns::literal).toList());
    }
    if (values instanceof ValueOption.Bounded number && number.whole()) {
      return WHOLE;
    }
    return DECIMAL;
  }

  private static String literal(String text) {
    return text.replaceAll("[\\\\^$.|?*+()\\[\\]{}/]", "\\\\$0");
  }
}
