package org.distillgrid.kd.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the name that a mistyped one was meant to be. */
public final class NearestName {
  private NearestName() {}

  /**
   * Returns the valid name closest to {@code wrong}, if one is close enough to be a likely slip.
   */
  public static Optional<String> of(String wrong, Collection<String> valid) {
    String folded = folded(wrong);
    int limit = Math.max(1, folded.length() / 2);
    LevenshteinDistance distance = new LevenshteinDistance(limit);
    return valid.stream()
        .filter(name -> distance.apply(folded, folded(name)) >= 0)
        .min(
            Comparator.comparing((String name) -> distance.apply(folded, folded(name)))
                .thenComparing(Comparator.naturalOrder()));
  }

  // Case, dashes and underscores are what people remember least.
  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }

  /** Returns {@code " (did you mean x?)"}, or the valid names when none is close. */
  public static String hint(String wrong, Collection<String> valid) {
    return of(wrong, valid)
        .map(name -> " (did you mean " + name + "?)")
        .orElseGet(() -> " (valid: " + String.join(", ", valid.stream().sorted().toList()) + ")");
  }
}
