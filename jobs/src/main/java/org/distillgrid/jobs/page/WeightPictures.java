package org.distillgrid.jobs.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.table.TrialRow;

/**
 * Where a trial distilled: the pictures that it left, each a patch with its signals and weights.
 *
 * @param id the trial's id
 * @param course of the first picture, how it was before, in the order of steps
 * @param sources the pictures at the end
 */
record WeightPictures(
    String id, CellName cell, long seed, List<AtStep> course, List<String> sources) {
  private static final Pattern UNDER_WAY = Pattern.compile("step-(\\d{1,18})\\.png");
  private static final int MOST_COURSES = 2;
  private static final int MOST_METHODS = 6;
  private static final int MOST_PICTURES = 2;

  /** A picture that was taken after a step. */
  record AtStep(long step, String source) {}

  /** Returns those of one trial of each method that left some. */
  static List<WeightPictures> of(RunFolder run, PageTables page) {
    Map<String, WeightPictures> found = new LinkedHashMap<>();
    for (Row row : page.shown(TrialRow.FINISHED)) {
      CellName cell = CellName.of(row);
      boolean wanted = !found.containsKey(cell.method()) && found.size() < MOST_METHODS;
      if (wanted && row.<String>getAs("weights_path") != null) {
        Path maps = new Path(run.at(row.getAs("weights_path")).getParent(), "maps");
        List<String> sources = sources(run, maps);
        List<AtStep> course = List.of();
        if (found.size() < MOST_COURSES) {
          course = course(run, maps);
        }
        if (!sources.isEmpty()) {
          found.put(
              cell.method(),
              new WeightPictures(
                  row.getAs("trial_id"), cell, row.<Long>getAs("seed"), course, sources));
        }
      }
    }
    return List.copyOf(found.values());
  }

  private static List<AtStep> course(RunFolder run, Path maps) {
    List<AtStep> course = new ArrayList<>();
    for (FileStatus file : run.files().list(maps)) {
      Matcher name = UNDER_WAY.matcher(file.getPath().getName());
      if (name.matches()) {
        run.files()
            .bytes(file.getPath())
            .map(DataUri::ofPng)
            .ifPresent(source -> course.add(new AtStep(Long.parseLong(name.group(1)), source)));
      }
    }
    course.sort(Comparator.comparingLong(AtStep::step));
    return course;
  }

  private static List<String> sources(RunFolder run, Path maps) {
    List<String> sources = new ArrayList<>();
    for (int i = 0; i < MOST_PICTURES; i++) {
      Optional<byte[]> file = run.files().bytes(new Path(maps, "patch-" + i + ".png"));
      file.map(DataUri::ofPng).ifPresent(sources::add);
    }
    return sources;
  }
}
