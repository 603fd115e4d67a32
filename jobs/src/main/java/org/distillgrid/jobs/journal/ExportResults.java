package org.distillgrid.jobs.journal;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.JsonFiles;
import org.distillgrid.jobs.folder.RunFolder;

/** The exports of a run, one JSON file each; a later export of a trial replaces the earlier one. */
public final class ExportResults {
  private static final String SUFFIX = ".json";

  private final RunFolder run;

  /** Reads and writes in a run folder. */
  public ExportResults(RunFolder run) {
    this.run = run;
  }

  /**
   * Writes what is known of an export.
   *
   * @throws org.distillgrid.kd.error.GridException if it cannot be written
   */
  public void write(ExportResult result) {
    String name = result.trialId() + "-" + result.format() + SUFFIX;
    new JsonFiles(run.files()).write(run.at(run.export(name)), result);
  }

  /**
   * Reads all of them in the order of trial ids; what is damaged counts for nothing.
   *
   * @throws org.distillgrid.kd.error.GridException if the folder cannot be listed
   */
  public List<ExportResult> all() {
    List<ExportResult> results = new ArrayList<>();
    JsonFiles json = new JsonFiles(run.files());
    for (Path path : paths()) {
      json.read(path, ExportResult.class)
          .filter(result -> result.trialId() != null && result.format() != null)
          .ifPresent(results::add);
    }
    return results;
  }

  private List<Path> paths() {
    return run.files().list(run.exports()).stream()
        .map(FileStatus::getPath)
        .filter(path -> path.getName().endsWith(SUFFIX) && !path.getName().startsWith("."))
        .toList();
  }
}
