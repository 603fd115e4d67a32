package org.distillgrid.jobs.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holm's correction of p-values for being several: of many methods that do nothing, some look good
 * by chance. Source: Holm, A simple sequentially rejective multiple test procedure, 1979.
 */
final class Holm {
  private Holm() {}

  /**
   * Returns the corrected p-values; NaN, where nothing was tested, stays and counts for nothing.
   */
  static Map<String, Double> corrected(Map<String, Double> values) {
    List<Map.Entry<String, Double>> tested = new ArrayList<>();
    Map<String, Double> corrected = new HashMap<>(values);
    for (Map.Entry<String, Double> entry : values.entrySet()) {
      if (!Double.isNaN(entry.getValue())) {
        tested.add(entry);
      }
    }
    tested.sort(Comparator.comparing(entry -> entry.getValue()));
    double greatest = 0;
    for (int i = 0; i < tested.size(); i++) {
      greatest = Math.max(greatest, Math.min(1, (tested.size() - i) * tested.get(i).getValue()));
      corrected.put(tested.get(i).getKey(), greatest);
    }
    return corrected;
  }
}
