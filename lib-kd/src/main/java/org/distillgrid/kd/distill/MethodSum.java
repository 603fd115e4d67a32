package org.distillgrid.kd.distill;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.registry.Registry;

/**
 * What a spec calls a method: one or the sum of several, {@code spark(grid=4)+mipkd}.
 *
 * <p>Terms of one name are one term: L1(S, Y) counts once however many methods have it. A method
 * that weights pixels applies to the pixel-wise terms of all others, and to those of a distiller of
 * its own where it stands alone.
 *
 * @param terms in the order in which they are written
 */
public record MethodSum(List<MethodSetting> terms) {
  /** Takes an unmodifiable copy. */
  public MethodSum {
    terms = List.copyOf(terms);
  }

  /**
   * Parses a name.
   *
   * @throws GridException if a method or an option is unknown, or the sum makes no sense
   */
  public static MethodSum parse(String text) {
    return parse(text, Methods.registry());
  }

  /**
   * Parses a name with given methods.
   *
   * @throws GridException if a method or an option is unknown, or the sum makes no sense
   */
  public static MethodSum parse(String text, Registry<Method> families) {
    List<MethodSetting> terms =
        Arrays.stream(text.split("\\+", -1))
            .map(term -> MethodSetting.parse(term, families))
            .toList();
    MethodSum sum = new MethodSum(terms);
    sum.requireSense(text);
    return sum;
  }

  /** Returns its one spelling. */
  public String canonical() {
    return terms.stream().map(MethodSetting::canonical).collect(Collectors.joining("+"));
  }

  /** Returns whether one of its methods compares images in the features of a frozen encoder. */
  public boolean readsEncoder() {
    return terms.stream().anyMatch(term -> term.family().readsEncoder());
  }

  /**
   * Returns the method at work on one student.
   *
   * @throws GridException if it reads an encoder and there is none, or its methods refuse
   */
  public Distiller distiller(DistillerContext context) {
    if (readsEncoder() && context.encoder().isEmpty()) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot use method %s: it compares images in an encoder, and the cohort has none",
          canonical());
    }
    List<Distiller> plain =
        terms.stream()
            .filter(term -> !term.family().weightsPixels())
            .map(term -> term.family().distiller(context, term.values()))
            .toList();
    Optional<MethodSetting> weighting =
        terms.stream().filter(term -> term.family().weightsPixels()).findFirst();
    if (weighting.isEmpty()) {
      return summed(plain);
    }
    MethodSetting term = weighting.get();
    return new WeightedDistiller(
        term.family().weighting(context, term.values()), base(plain, term, context));
  }

  private static Distiller base(
      List<Distiller> plain, MethodSetting weighting, DistillerContext context) {
    if (plain.isEmpty()) {
      return weighting.family().distiller(context, weighting.values());
    }
    return summed(plain);
  }

  private static Distiller summed(List<Distiller> plain) {
    if (plain.size() == 1) {
      return plain.get(0);
    }
    return new SummedDistiller(plain);
  }

  private void requireSense(String text) {
    Set<String> names = new HashSet<>();
    long weightings = terms.stream().filter(term -> term.family().weightsPixels()).count();
    if (weightings > 1) {
      throw GridException.of(
          ErrorCode.USAGE, "Cannot use method %s: only one of its methods can weight pixels", text);
    }
    for (MethodSetting term : terms) {
      if (!names.add(term.family().name())) {
        throw GridException.of(
            ErrorCode.USAGE, "Cannot use method %s: it has %s twice", text, term.family().name());
      }
      if (terms.size() > 1 && !term.family().isSummable()) {
        throw GridException.of(
            ErrorCode.USAGE,
            "Cannot use method %s: %s stands alone or not at all",
            text,
            term.family().name());
      }
      requireNothingLost(term, text);
    }
    requireSomethingToWeight(text);
  }

  private void requireSomethingToWeight(String text) {
    List<MethodSetting> others =
        terms.stream().filter(term -> !term.family().weightsPixels()).toList();
    if (others.isEmpty() || others.stream().anyMatch(MethodSetting::hasPixelTerms)) {
      return;
    }
    for (MethodSetting term : terms) {
      if (term.family().weightsPixels()) {
        throw GridException.of(
            ErrorCode.USAGE,
            "Cannot use method %s: %s weights pixel-wise terms and %s has none",
            text,
            term.family().name(),
            others.stream().map(MethodSetting::canonical).collect(Collectors.joining("+")));
      }
    }
  }

  private void requireNothingLost(MethodSetting term, String text) {
    Map<String, String> standard = MethodValues.standard(term.family()).byKey();
    for (String key : new TreeSet<>(term.family().optionsAlone())) {
      if (terms.size() > 1 && !term.values().word(key).equals(standard.get(key))) {
        throw GridException.of(
            ErrorCode.USAGE,
            "Cannot use method %s: %s of %s counts only where it stands alone",
            text,
            key,
            term.family().name());
      }
    }
  }
}
