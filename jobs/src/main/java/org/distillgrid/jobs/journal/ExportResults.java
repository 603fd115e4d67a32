package org.distillgrid.jobs.journal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.JsonFiles;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

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
   * @throws GridException if it cannot be written
   */
  public void write(ExportResult result) {
    String name = result.trialId() + "-" + result.format() + SUFFIX;
    new JsonFiles(run.files()).write(new Path(run.exports(), name), result);
  }

  /**
   * Reads all of them in the order of trial ids; what is damaged counts for nothing.
   *
   * @throws GridException if the folder cannot be listed
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
    try {
      return Arrays.stream(run.files().fileSystem(run.exports()).listStatus(run.exports()))
          .map(FileStatus::getPath)
          .filter(path -> path.getName().endsWith(SUFFIX) && !path.getName().startsWith("."))
          .sorted()
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw GridException.of(
          e, ErrorCode.INPUT, "Cannot read %s: %s", run.exports(), Messages.firstLine(e));
    }
  }
}
