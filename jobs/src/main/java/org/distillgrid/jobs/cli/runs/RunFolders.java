package org.distillgrid.jobs.cli.runs;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.cluster.HadoopSettings;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.watch.RunStatus;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/** Finds run folders without Spark. */
final class RunFolders {
  private static final double MEBIBYTE = 1 << 20;

  private final Configuration configuration = HadoopSettings.ofCommand();

  /** Returns the folder at a path, whatever is there. */
  RunFolder at(String path) {
    return RunFolder.of(path, configuration);
  }

  /**
   * Returns the runs right below a folder, by name.
   *
   * @throws GridException if there is no such folder
   */
  List<RunFolder> below(String path) {
    RunFolder above = at(path);
    if (!isFolder(above)) {
      throw GridException.of(ErrorCode.INPUT, "Cannot list runs: no folder %s", above.location());
    }
    return above.files().list(above.root()).stream()
        .filter(FileStatus::isDirectory)
        .map(status -> at(status.getPath().toString()))
        .filter(RunStatus::isRun)
        .toList();
  }

  private static boolean isFolder(RunFolder folder) {
    return folder.files().status(folder.root()).filter(FileStatus::isDirectory).isPresent();
  }

  /**
   * Returns how many MiB all files of a run take, as {@code 9.3}.
   *
   * @throws GridException if they cannot be counted
   */
  static String mebibytes(RunFolder run) {
    Path root = run.root();
    try {
      long bytes = run.files().fileSystem(root).getContentSummary(root).getLength();
      return String.format(Locale.ROOT, "%.1f", bytes / MEBIBYTE);
    } catch (IOException e) {
      throw GridException.of(
          e, ErrorCode.INPUT, "Cannot read %s: %s", run.location(), e.getMessage());
    }
  }
}
