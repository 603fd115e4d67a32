package org.distillgrid.kd.eval;

import java.util.Optional;

/** What the names of a target and of its input have in common. */
public sealed interface PairKeys permits FieldKeys, NamePattern {
  /**
   * Returns what a target's name says of the pair.
   *
   * @param name without folders and ending
   * @return empty if no target is called so
   */
  Optional<String> ofTarget(String name);

  /** Returns what an input's name says of the pair, likewise. */
  Optional<String> ofInput(String name);

  /** Returns whether equal names belong together before any other are looked at. */
  boolean equalNamesFirst();

  /** Returns the keys of the field: what names keep without roles and scales. */
  static PairKeys byFieldRoles() {
    return new FieldKeys();
  }

  /**
   * Returns the keys of a pattern: {@code {}} stands for the target's name in the input's; where
   * the target's has a suffix of its own, both are given with a colon between, the target's first,
   * {@code {}_gt:{}_lq}.
   *
   * @throws org.distillgrid.kd.error.GridException with code USAGE if it is no such pattern
   */
  static PairKeys byPattern(String pattern) {
    return NamePattern.of(pattern);
  }
}
