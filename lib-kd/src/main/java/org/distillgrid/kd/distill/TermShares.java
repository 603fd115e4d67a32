package org.distillgrid.kd.distill;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.registry.ValueOption;

/**
 * Which method of a sum gives which term. A term that several have counts once and has one weight,
 * so that it does not matter in which order a sum is written: its methods are computed and their
 * terms added up in one order, {@code logits} before all others and those by name.
 *
 * @param byMethod names of the terms that each method gives, the methods in that order
 */
record TermShares(Map<String, Set<String>> byMethod) {
  private static final String FIRST = "logits";
  private static final Comparator<MethodSetting> ORDER =
      Comparator.comparing((MethodSetting setting) -> !setting.name().equals(FIRST))
          .thenComparing(MethodSetting::name);

  /**
   * Shares out the terms of a sum.
   *
   * @param settings its methods, in any order
   * @param text the sum as it is written
   * @throws GridException if a term has two weights, or lies on pixels in one method only
   */
  static TermShares of(List<MethodSetting> settings, String text) {
    List<MethodSetting> ordered =
        settings.stream()
            .filter(setting -> setting.method() instanceof TermMethod)
            .sorted(ORDER)
            .toList();
    Map<String, MethodSetting> givers = new LinkedHashMap<>();
    for (MethodSetting setting : ordered) {
      for (DeclaredTerm term : setting.terms()) {
        MethodSetting earlier = givers.get(term.name());
        if (earlier == null || !earlier.term(term.name()).counts()) {
          givers.put(term.name(), setting);
        } else if (term.counts() && !earlier.term(term.name()).agreesWith(term)) {
          givers.put(term.name(), stronger(text, earlier, setting, term.name()));
        }
      }
    }
    Map<String, Set<String>> byMethod = new LinkedHashMap<>();
    ordered.forEach(setting -> byMethod.put(setting.name(), new LinkedHashSet<>()));
    givers.forEach((term, setting) -> byMethod.get(setting.name()).add(term));
    return new TermShares(byMethod);
  }

  private static MethodSetting stronger(
      String text, MethodSetting one, MethodSetting other, String name) {
    boolean yields = one.term(name).claim() == DeclaredTerm.Claim.YIELDING;
    if (one.term(name).kind() != other.term(name).kind()
        || yields == (other.term(name).claim() == DeclaredTerm.Claim.YIELDING)) {
      throw differs(text, one, other, name);
    }
    if (yields) {
      return other;
    }
    return one;
  }

  private static GridException differs(
      String text, MethodSetting one, MethodSetting other, String name) {
    DeclaredTerm term = one.term(name);
    if (term.kind() != other.term(name).kind()) {
      return GridException.of(
          ErrorCode.USAGE,
          "Cannot use method %s: its term %s lies on pixels in one of %s and %s only",
          text,
          name,
          one.name(),
          other.name());
    }
    return GridException.of(
        ErrorCode.USAGE,
        "Cannot use method %s: its term %s has weight %s in %s and %s in %s",
        text,
        name,
        ValueOption.text(term.weight()),
        one.name(),
        ValueOption.text(other.term(name).weight()),
        other.name());
  }
}
