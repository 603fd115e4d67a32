package org.distillgrid.kd.distill;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.registry.OptionText;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.Registry;
import org.distillgrid.kd.registry.ValueOption;

/**
 * One method of a sum, parsed: {@code spark(grid=4)} in {@code spark(grid=4)+mipkd}.
 *
 * @param method the method
 * @param values its constants
 */
public record MethodSetting(Method method, OptionValues values) {
  private static final Pattern SYNTAX = Pattern.compile("([^()]+?)\\s*(?:\\(([^()]*)\\))?");
  private static final Pattern ASSIGNMENTS = Pattern.compile("[^=,]*=[^=,]*(,[^=,]*=[^=,]*)*");

  static MethodSetting parse(String text, Registry<Method> methods) {
    Matcher matcher = SYNTAX.matcher(text.strip());
    if (!matcher.matches()) {
      throw unreadable(text);
    }
    Method method = methods.named(matcher.group(1));
    if (matcher.group(2) == null) {
      return new MethodSetting(method, OptionValues.standard(method.options()));
    }
    if (!ASSIGNMENTS.matcher(matcher.group(2)).matches()) {
      throw unreadable(text);
    }
    OptionValues values =
        OptionText.values("method", method.name(), method.options(), matcher.group(2));
    method.check(values);
    return new MethodSetting(method, values);
  }

  /** Returns its one spelling: the name, and the options that are not standard by key. */
  public String canonical() {
    return OptionText.canonical(method.name(), method.options(), values);
  }

  /** Returns what it means, in a spelling that is the same in all versions. */
  String identity() {
    return OptionText.identity(method.name(), method.options(), values);
  }

  /** Returns what it means in a sum, where what is about a method that stands alone is silent. */
  String identityInSum() {
    if (!(method instanceof WeightingMethod weighting)) {
      return identity();
    }
    List<ValueOption> options =
        method.options().stream()
            .filter(option -> !weighting.optionsAlone().contains(option.key()))
            .toList();
    Map<String, String> counting = new TreeMap<>(values.byKey());
    counting.keySet().removeAll(weighting.optionsAlone());
    return OptionText.identity(method.name(), options, new OptionValues(counting));
  }

  /** Returns what messages call it: its name without options. */
  String name() {
    return method.name();
  }

  /** Returns what it reads of the teacher. */
  TeacherUse teacherUse() {
    return method.teacherUse(values);
  }

  /** Returns the terms that it adds to a loss; none if it weights those of others. */
  List<DeclaredTerm> terms() {
    if (method instanceof TermMethod adding) {
      return adding.terms(values);
    }
    return List.of();
  }

  /** Returns its term of a name that it declares. */
  DeclaredTerm term(String name) {
    return terms().stream().filter(term -> term.name().equals(name)).findFirst().orElseThrow();
  }

  /** Returns whether it has terms that another method can weight in space. */
  boolean hasPixelTerms() {
    return terms().stream()
        .anyMatch(term -> term.counts() && term.kind() == DeclaredTerm.Kind.PIXELWISE);
  }

  private static GridException unreadable(String text) {
    return GridException.of(
        ErrorCode.USAGE,
        "Cannot read method %s: write name, name(option=value,…) or a sum of them with +",
        text);
  }
}
