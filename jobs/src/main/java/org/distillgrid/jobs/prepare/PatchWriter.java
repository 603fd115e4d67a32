package org.distillgrid.jobs.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.distillgrid.jobs.cluster.LongTasks;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.table.DataStaging;
import org.distillgrid.jobs.table.RejectedInput;

/**
 * Cuts the images of a plan on the executors. A task has a few images, grouped by their sizes
 * alone; so the table and even its files are the same on any cluster, and nothing is shuffled.
 */
record PatchWriter(
    JavaSparkContext spark, RunFolder run, PatchCutter cutter, Consumer<String> messages) {
  private static final long BYTES_IN_TASK = 8L << 20;
  private static final int IMAGES_IN_TASK = 16;

  /** Writes the patches of a plan and returns the images that gave none, by their keys. */
  Map<String, RejectedInput> write(DataStaging staging, SplitPlan plan) {
    CollectionAccumulator<PatchRows.Rejection> rejected =
        spark.sc().collectionAccumulator("rejected images");
    CollectionAccumulator<String> turned = spark.sc().collectionAccumulator("turned images");
    LongAccumulator done = spark.sc().longAccumulator("images read");
    long total = plan.parts().values().stream().mapToLong(List::size).sum();
    ProgressTicker ticker = ProgressTicker.start(done::value, total, messages);
    try (ticker) {
      plan.parts()
          .forEach(
              (part, images) ->
                  staging.writePatches(
                      part.dataset(), part.split(), rows(images, rejected, turned, done)));
    }
    tell(new TreeSet<>(turned.value()));
    // A task that ran twice tells twice.
    Map<String, RejectedInput> byKey = new TreeMap<>();
    rejected.value().forEach(each -> byKey.put(each.key(), each.row()));
    return byKey;
  }

  private void tell(SortedSet<String> turned) {
    if (!turned.isEmpty()) {
      messages.accept(
          String.format(
              "%d images state an EXIF orientation, which is ignored: rows are those of the file"
                  + " (first: %s)",
              turned.size(), turned.first()));
    }
  }

  private JavaRDD<Row> rows(
      List<CheckedFile> images,
      CollectionAccumulator<PatchRows.Rejection> rejected,
      CollectionAccumulator<String> turned,
      LongAccumulator done) {
    RunFolder folder = run;
    PatchCutter each = cutter;
    List<List<CheckedFile>> tasks = tasks(images);
    return LongTasks.of(spark, spark.parallelize(tasks, tasks.size()))
        .flatMap(group -> new PatchRows(folder, each, group.iterator(), rejected, turned, done));
  }

  private static List<List<CheckedFile>> tasks(List<CheckedFile> images) {
    List<List<CheckedFile>> tasks = new ArrayList<>();
    List<CheckedFile> current = new ArrayList<>();
    long bytes = 0;
    for (CheckedFile image : images) {
      current.add(image);
      bytes += image.file().bytes();
      if (bytes >= BYTES_IN_TASK || current.size() == IMAGES_IN_TASK) {
        tasks.add(current);
        current = new ArrayList<>();
        bytes = 0;
      }
    }
    if (!current.isEmpty()) {
      tasks.add(current);
    }
    return tasks;
  }
}
