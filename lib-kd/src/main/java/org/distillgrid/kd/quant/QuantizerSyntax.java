package org.distillgrid.kd.quant;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.error.NearestName;
import org.distillgrid.kd.registry.OptionText;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.Registry;

/**
 * Reads a quantiser's name: the family, its options in parentheses, and choices with a dash before
 * each, {@code pams(rate=0.02)-pertensor-head}.
 */
final class QuantizerSyntax {
  private static final Pattern NAME =
      Pattern.compile("([^()-]*)(?:\\(([^()]*)\\))?((?:-[^()-]*)*)");

  private QuantizerSyntax() {}

  static QuantizerSetting parse(String text, Registry<QuantizerFamily> families) {
    Matcher matcher = NAME.matcher(text);
    if (!matcher.matches()) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot read quantizer %s: write name or name(option=value,…), then choices, as in"
              + " name-pertensor-head",
          text);
    }
    QuantizerFamily family = families.named(matcher.group(1));
    OptionValues values = OptionValues.standard(family.options());
    if (matcher.group(2) != null) {
      values = OptionText.values("quantizer", family.name(), family.options(), matcher.group(2));
    }
    List<String> parts = Arrays.asList(matcher.group(3).split("-", -1));
    return new QuantizerSetting(
        family, values, flags(text, family, parts.subList(1, parts.size())));
  }

  private static Set<QuantizerFlag> flags(String text, QuantizerFamily family, List<String> parts) {
    Set<QuantizerFlag> flags = EnumSet.noneOf(QuantizerFlag.class);
    for (String part : parts) {
      QuantizerFlag flag = flag(text, part);
      requireSuits(text, family, flag);
      if (!flags.add(flag)) {
        throw GridException.of(
            ErrorCode.USAGE, "Cannot use quantizer %s: %s is given twice", text, part);
      }
    }
    requireApart(text, flags);
    return flags;
  }

  private static void requireApart(String text, Set<QuantizerFlag> flags) {
    for (QuantizerFlag part : QuantizerFlag.parts()) {
      if (flags.contains(QuantizerFlag.ALL) && flags.contains(part)) {
        throw GridException.of(
            ErrorCode.USAGE, "Cannot use quantizer %s: all has %s in it", text, part.text());
      }
    }
  }

  private static QuantizerFlag flag(String text, String part) {
    return Arrays.stream(QuantizerFlag.values())
        .filter(flag -> flag.text().equals(part))
        .findFirst()
        .orElseThrow(
            () ->
                GridException.of(
                    ErrorCode.USAGE,
                    "Unknown choice of a quantizer: %s in %s%s",
                    part,
                    text,
                    NearestName.hint(part, QuantizerFlag.texts())));
  }

  private static void requireSuits(String text, QuantizerFamily family, QuantizerFlag flag) {
    if (family.kind() == QuantizerFamily.Kind.FULL_PRECISION) {
      throw GridException.of(
          ErrorCode.USAGE, "Cannot use quantizer %s: %s takes no choices", text, family.name());
    }
    if (flag == QuantizerFlag.SYMMETRIC && family.ranges() == QuantizerFamily.Ranges.OF_THE_RULE) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot use quantizer %s: the ranges of %s are not for choice",
          text,
          family.name());
    }
  }
}
