package org.distillgrid.jobs.page;

import java.util.List;
import java.util.stream.Collectors;
import org.distillgrid.jobs.report.Comparison;

/**
 * Which methods differ from the baseline beyond chance, as {@code compare} tests it: over images by
 * Wilcoxon's test with Holm's correction, over seeds by a paired t-test.
 *
 * @param baseline the method that others are compared with; empty where the run has none
 * @param differences of all data sets; those on all together count where there are several
 */
record Significance(String baseline, List<Comparison.Difference> differences) {
  /** What p must be below. */
  static final double LEVEL = 0.05;

  // Of two-sided signed-rank tests, that of five images cannot fall below 2/2⁵.
  private static final int LEAST_IMAGES = 6;
  private static final int MOST_NAMED = 6;

  /** Returns the differences over all images: one for each method of a cell. */
  List<Comparison.Difference> overall() {
    boolean several = differences.stream().anyMatch(each -> each.dataset().equals(Comparison.ALL));
    return differences.stream()
        .filter(each -> !several || each.dataset().equals(Comparison.ALL))
        .toList();
  }

  String sentence() {
    List<Comparison.Difference> all = overall();
    if (all.isEmpty()) {
      return "No method can be compared with none yet, so no difference is tested.";
    }
    int images = all.stream().mapToInt(each -> each.paired().images()).max().orElse(0);
    if (images < LEAST_IMAGES) {
      return "None of the %d differences to method %s can be significant: %s, and the test over images"
              .formatted(all.size(), baseline, images(images))
          + " takes %d%s.".formatted(LEAST_IMAGES, seeds(all));
    }
    List<Comparison.Difference> found =
        all.stream().filter(each -> each.corrected() < LEVEL).toList();
    return "Of the %d differences to method %s %s over images (Wilcoxon, p < 0.05 after Holm)%s%s."
        .formatted(all.size(), baseline, count(found.size()), named(found), seeds(all));
  }

  private static String images(int images) {
    if (images == 1) {
      return "there is one test image";
    }
    return "there are " + images + " test images";
  }

  private static String count(int found) {
    return switch (found) {
      case 0 -> "none is significant";
      case 1 -> "one is significant";
      default -> found + " are significant";
    };
  }

  private static String named(List<Comparison.Difference> found) {
    if (found.isEmpty()) {
      return "";
    }
    String some =
        found.stream().limit(MOST_NAMED).map(Significance::told).collect(Collectors.joining(", "));
    if (found.size() > MOST_NAMED) {
      some += " and " + (found.size() - MOST_NAMED) + " more";
    }
    return ": " + some;
  }

  private static String told(Comparison.Difference difference) {
    return "%s at %s %s"
        .formatted(
            difference.method(), difference.bits(), Decibels.signed(difference.paired().mean()));
  }

  private static String seeds(List<Comparison.Difference> all) {
    if (all.stream().allMatch(each -> each.paired().seeds() < 2)) {
      return "; one seed says nothing of another training";
    }
    long found = all.stream().filter(each -> each.paired().seedsP() < LEVEL).count();
    return "; over seeds (paired t-test, p < 0.05, not corrected) " + found + " of them";
  }
}
