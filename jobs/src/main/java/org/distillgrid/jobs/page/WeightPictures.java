package org.distillgrid.jobs.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.table.TrialRow;

/**
 * Where a trial distilled: the pictures that it left, each a patch with its signals and weights.
 *
 * @param id the trial's id
 * @param sources the pictures
 */
record WeightPictures(String id, CellName cell, long seed, List<String> sources) {
  private static final int MOST_METHODS = 6;
  private static final int MOST_PICTURES = 2;

  /** Returns those of one trial of each method that left some. */
  static List<WeightPictures> of(RunFolder run, PageTables page) {
    Map<String, WeightPictures> found = new LinkedHashMap<>();
    for (Row row : page.shown(TrialRow.FINISHED)) {
      CellName cell = CellName.of(row);
      boolean wanted = !found.containsKey(cell.method()) && found.size() < MOST_METHODS;
      if (wanted && row.<String>getAs("weights_path") != null) {
        List<String> sources = sources(run, row.getAs("weights_path"));
        if (!sources.isEmpty()) {
          found.put(
              cell.method(),
              new WeightPictures(row.getAs("trial_id"), cell, row.<Long>getAs("seed"), sources));
        }
      }
    }
    return List.copyOf(found.values());
  }

  private static List<String> sources(RunFolder run, String weights) {
    Path attempt = run.at(weights).getParent();
    List<String> sources = new ArrayList<>();
    for (int i = 0; i < MOST_PICTURES; i++) {
      Optional<byte[]> file = run.files().bytes(new Path(attempt, "maps/patch-" + i + ".png"));
      file.map(DataUri::ofPng).ifPresent(sources::add);
    }
    return sources;
  }
}
