package org.distillgrid.kd.distill;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The terms of one step's loss, each already weighted; the student descends their sum. A term says
 * itself that it is a mean over pixels, so that another method can weight it in space.
 */
public final class LossTerms {
  private final Map<String, Term> terms;
  private final Optional<LossTerms> other;

  /**
   * A term.
   *
   * @param value a scalar
   * @param pixels what it is the mean of; absent if it does not lie on pixels
   */
  private record Term(NDArray value, Optional<PixelTerm> pixels) {
    Term weighted(NDArray weights) {
      return pixels.map(maps -> new Term(maps.value(weights), pixels)).orElse(this);
    }
  }

  private LossTerms(Map<String, Term> terms) {
    this(terms, Optional.empty());
  }

  private LossTerms(Map<String, Term> terms, Optional<LossTerms> other) {
    this.terms = Collections.unmodifiableMap(terms);
    this.other = other;
  }

  /** Returns no terms. */
  static LossTerms none() {
    return new LossTerms(Map.of());
  }

  /** Returns one term alone, a scalar. */
  public static LossTerms of(String name, NDArray value) {
    return none().and(name, value);
  }

  /** Returns these terms and one more, a scalar. */
  public LossTerms and(String name, NDArray value) {
    return and(name, new Term(value, Optional.empty()));
  }

  /**
   * Returns these terms and one more that lies on pixels.
   *
   * @param map N×C×H×W, whose mean is the term
   */
  public LossTerms andPixelwise(String name, NDArray map) {
    return andPixelwise(name, 1, List.of(map));
  }

  /**
   * Returns these terms and one more that lies on pixels: {@code weight · Σ_k mean(map_k)}.
   *
   * @param maps N×C×H×W each
   */
  public LossTerms andPixelwise(String name, double weight, List<NDArray> maps) {
    PixelTerm pixels = new PixelTerm(weight, maps);
    return and(name, new Term(pixels.value(), Optional.of(pixels)));
  }

  private LossTerms and(String name, Term term) {
    Map<String, Term> more = new LinkedHashMap<>(terms);
    if (more.put(name, term) != null) {
      throw new IllegalArgumentException("Loss term is named twice: " + name);
    }
    return new LossTerms(more);
  }

  /** Returns these terms and others, of other names. */
  LossTerms and(LossTerms others) {
    LossTerms all = this;
    for (Map.Entry<String, Term> term : others.terms.entrySet()) {
      all = all.and(term.getKey(), term.getValue());
    }
    return all;
  }

  /** Returns those of these terms that bear one of some names. */
  LossTerms only(Set<String> names) {
    Map<String, Term> kept = new LinkedHashMap<>(terms);
    kept.keySet().retainAll(names);
    return new LossTerms(kept);
  }

  /**
   * Returns these terms with those that lie on pixels weighted in space.
   *
   * @param weights N×1×H×W
   */
  public LossTerms weighted(NDArray weights) {
    Map<String, Term> weighted = new LinkedHashMap<>();
    terms.forEach((name, term) -> weighted.put(name, term.weighted(weights)));
    return new LossTerms(weighted);
  }

  /**
   * Returns these terms, and asks what the student would be after a step under others.
   *
   * @param others of the same names; only those that lie on pixels may differ
   */
  LossTerms comparedWith(LossTerms others) {
    return new LossTerms(terms, Optional.of(others));
  }

  /**
   * Returns what the loss of the other step has over this one, a scalar: the sum of the differences
   * of those terms that lie on pixels. Empty if no step is compared with.
   */
  public Optional<NDArray> excess() {
    return other.flatMap(
        others ->
            terms.entrySet().stream()
                .filter(term -> term.getValue().pixels().isPresent())
                .map(term -> others.terms.get(term.getKey()).value().sub(term.getValue().value()))
                .reduce(NDArray::add));
  }

  /** Returns the terms, scalars in the order in which they are added up. */
  public Map<String, NDArray> byName() {
    Map<String, NDArray> values = new LinkedHashMap<>();
    terms.forEach((name, term) -> values.put(name, term.value()));
    return Collections.unmodifiableMap(values);
  }

  /** Returns the sum, a scalar. */
  public NDArray total() {
    return terms.values().stream()
        .map(Term::value)
        .reduce(NDArray::add)
        .orElseThrow(() -> new IllegalStateException("A loss needs at least one term"));
  }
}
