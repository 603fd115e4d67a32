package org.distillgrid.kd.eval;

import java.util.Optional;

/** Equal names first, then those that differ in {@link FieldRoles} only. */
record FieldKeys() implements PairKeys {
  @Override
  public Optional<String> ofTarget(String name) {
    return Optional.of(FieldRoles.core(name));
  }

  @Override
  public Optional<String> ofInput(String name) {
    return Optional.of(FieldRoles.core(name));
  }

  @Override
  public boolean equalNamesFirst() {
    return true;
  }
}
