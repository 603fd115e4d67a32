package org.distillgrid.kd.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.distillgrid.kd.distill.Methods;

/** The methods that are registered, and sums of them that people ask for. */
final class RegisteredMethods {
  private static final List<String> SUMS =
      List.of("spark+logits", "spark+mipkd", "spark+dckd", "dckd+dukd");

  private RegisteredMethods() {}

  /** Returns every method alone, then the sums of which all methods are there. */
  static List<String> all() {
    Set<String> names = Methods.registry().names();
    List<String> all = new ArrayList<>(names);
    for (String sum : SUMS) {
      if (names.containsAll(List.of(sum.split("\\+", -1)))) {
        all.add(sum);
      }
    }
    return all;
  }
}
