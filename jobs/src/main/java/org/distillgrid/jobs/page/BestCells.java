package org.distillgrid.jobs.page;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** The cell that comes closest to the ground truth at each bit-width, from full precision down. */
final class BestCells {
  private BestCells() {}

  /** Returns those of one data set. */
  static List<SummaryCell> of(List<SummaryCell> summary, String dataset) {
    TreeMap<String, SummaryCell> best = new TreeMap<>(CellName.BITS);
    summary.stream()
        .filter(row -> row.dataset().equals(dataset))
        .sorted(Comparator.comparing(SummaryCell::cell, CellName.ORDER))
        .forEach(row -> best.merge(row.cell().bits(), row, BestCells::better));
    return List.copyOf(best.values());
  }

  private static SummaryCell better(SummaryCell one, SummaryCell other) {
    if (other.psnr() > one.psnr()) {
      return other;
    }
    return one;
  }
}
