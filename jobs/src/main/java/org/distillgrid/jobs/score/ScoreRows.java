package org.distillgrid.jobs.score;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.distillgrid.jobs.table.DifficultyRow;
import org.distillgrid.kd.difficulty.PatchDifficulty;
import org.distillgrid.kd.eval.PatchPair;
import org.distillgrid.kd.image.PlanarImage;

/** Rows of patches to rows of the difficulty table, a batch at a time. */
final class ScoreRows implements Iterator<Row> {
  private static final int BATCH = 16;

  private final Iterator<Row> patches;
  private final SharedScorer scorer;
  private Iterator<Row> scored = Collections.emptyIterator();

  ScoreRows(Iterator<Row> patches, SharedScorer scorer) {
    this.patches = patches;
    this.scorer = scorer;
  }

  @Override
  public boolean hasNext() {
    if (!scored.hasNext() && patches.hasNext()) {
      scored = nextBatch();
    }
    return scored.hasNext();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return scored.next();
  }

  private Iterator<Row> nextBatch() {
    List<PatchPair> batch = new ArrayList<>();
    while (batch.size() < BATCH && patches.hasNext()) {
      batch.add(pair(patches.next()));
    }
    int count = batch.size();
    // A convolution may sum in another order for another batch size; how many patches are left in
    // a partition must not decide a number of the table.
    while (batch.size() < BATCH) {
      batch.add(batch.get(count - 1));
    }
    List<PatchDifficulty> difficulties = scorer.score(batch);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          DifficultyRow.COLUMNS.row(new DifficultyRow(batch.get(i).id(), difficulties.get(i))));
    }
    return rows.iterator();
  }

  private static PatchPair pair(Row row) {
    int channels = row.getAs("channels");
    return new PatchPair(
        row.getAs("patch_id"),
        new PlanarImage(channels, row.getAs("lr_height"), row.getAs("lr_width"), row.getAs("lr")),
        new PlanarImage(channels, row.getAs("hr_height"), row.getAs("hr_width"), row.getAs("hr")));
  }
}
