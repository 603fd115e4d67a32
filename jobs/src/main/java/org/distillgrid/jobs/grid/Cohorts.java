package org.distillgrid.jobs.grid;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Gathers trials into cohorts: only trials of one seed share batches, so only they share a cohort.
 * The free slots are filled first, and what is left shares them.
 *
 * @param slots how many cohorts can train at once, at least 1
 * @param largest the most trials that a cohort may have; 0 for no bound
 */
public record Cohorts(int slots, int largest) {
  /** Checks the bounds. */
  public Cohorts {
    if (slots < 1 || largest < 0) {
      throw new IllegalArgumentException("Cohorts of " + slots + " slots, at most " + largest);
    }
  }

  /**
   * Returns the cohorts, larger ones first, each a run of neighbours in the order of the members.
   * There are max(seeds, min(slots, members)) of them, more only if the bound on their size asks
   * for it, and those of one seed differ by at most one member. The same members give the same
   * cohorts.
   *
   * @param seed returns the seed of a member
   */
  public <T> List<List<T>> of(List<T> members, ToLongFunction<T> seed) {
    SortedMap<Long, List<T>> bySeed =
        members.stream()
            .collect(Collectors.groupingBy(seed::applyAsLong, TreeMap::new, Collectors.toList()));
    Map<Long, Integer> shares = shares(bySeed);
    List<List<T>> cohorts = new ArrayList<>();
    bySeed.forEach((key, group) -> cohorts.addAll(split(group, shares.get(key))));
    cohorts.sort((left, right) -> Integer.compare(right.size(), left.size()));
    return cohorts;
  }

  private <T> Map<Long, Integer> shares(SortedMap<Long, List<T>> bySeed) {
    Map<Long, Integer> shares = new TreeMap<>();
    int members = 0;
    int cohorts = 0;
    for (Map.Entry<Long, List<T>> group : bySeed.entrySet()) {
      int least = least(group.getValue().size());
      shares.put(group.getKey(), least);
      members += group.getValue().size();
      cohorts += least;
    }
    for (; cohorts < Math.min(slots, members); cohorts++) {
      shares.merge(fullest(bySeed, shares), 1, Integer::sum);
    }
    return shares;
  }

  private int least(int members) {
    if (largest == 0) {
      return 1;
    }
    return (members + largest - 1) / largest;
  }

  private static <T> long fullest(SortedMap<Long, List<T>> bySeed, Map<Long, Integer> shares) {
    long fullest = bySeed.firstKey();
    double most = 0;
    for (Map.Entry<Long, List<T>> group : bySeed.entrySet()) {
      double each = (double) group.getValue().size() / shares.get(group.getKey());
      if (each > most) {
        most = each;
        fullest = group.getKey();
      }
    }
    return fullest;
  }

  private static <T> List<List<T>> split(List<T> group, int parts) {
    List<List<T>> split = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      int from = (int) ((long) group.size() * part / parts);
      int to = (int) ((long) group.size() * (part + 1) / parts);
      split.add(List.copyOf(group.subList(from, to)));
    }
    return split;
  }
}
