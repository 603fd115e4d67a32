package org.distillgrid.kd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of choices, one a factor, in which any two choices of two factors meet at least once. Found
 * greedily, and the same every time.
 */
public final class PairwiseCovering {
  private static final int OPEN = -1;

  private final int[] sizes;
  private final boolean[][][][] met;

  private PairwiseCovering(int[] sizes) {
    this.sizes = sizes.clone();
    this.met = new boolean[sizes.length][sizes.length][][];
    for (int i = 0; i < sizes.length; i++) {
      for (int j = i + 1; j < sizes.length; j++) {
        met[i][j] = new boolean[sizes[i]][sizes[j]];
      }
    }
  }

  /**
   * Returns the rows.
   *
   * @param sizes how many choices each factor has
   */
  public static List<int[]> rows(int... sizes) {
    return new PairwiseCovering(sizes).rows();
  }

  private List<int[]> rows() {
    List<int[]> rows = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      for (int j = i + 1; j < sizes.length; j++) {
        for (int pair = 0; pair < sizes[i] * sizes[j]; pair++) {
          if (!met[i][j][pair / sizes[j]][pair % sizes[j]]) {
            rows.add(row(i, pair / sizes[j], j, pair % sizes[j]));
          }
        }
      }
    }
    return rows;
  }

  private int[] row(int first, int one, int second, int other) {
    int[] row = new int[sizes.length];
    Arrays.fill(row, OPEN);
    row[first] = one;
    row[second] = other;
    for (int factor = 0; factor < sizes.length; factor++) {
      if (row[factor] == OPEN) {
        row[factor] = best(factor, row);
      }
    }
    for (int i = 0; i < sizes.length; i++) {
      for (int j = i + 1; j < sizes.length; j++) {
        met[i][j][row[i]][row[j]] = true;
      }
    }
    return row;
  }

  private int best(int factor, int[] row) {
    int best = 0;
    int most = -1;
    for (int choice = 0; choice < sizes[factor]; choice++) {
      int fresh = fresh(factor, choice, row);
      if (fresh > most) {
        best = choice;
        most = fresh;
      }
    }
    return best;
  }

  // Pairs that a choice would be the first to bring together.
  private int fresh(int factor, int choice, int[] row) {
    int count = 0;
    for (int other = 0; other < sizes.length; other++) {
      if (row[other] == OPEN || other == factor) {
        continue;
      }
      boolean known;
      if (factor < other) {
        known = met[factor][other][choice][row[other]];
      } else {
        known = met[other][factor][row[other]][choice];
      }
      if (!known) {
        count++;
      }
    }
    return count;
  }
}
