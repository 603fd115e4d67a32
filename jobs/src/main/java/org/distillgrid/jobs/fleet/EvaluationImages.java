package org.distillgrid.jobs.fleet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.spec.EvaluationSet;
import org.distillgrid.jobs.worker.EvaluationImage;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.ImageNames;

/**
 * Finds the images of evaluation sets. A folder is walked to its end and gives every file with the
 * suffix of an image; a file named directly, or by a glob, is taken whatever its suffix.
 */
public final class EvaluationImages {
  private final RunFiles files;

  private EvaluationImages(RunFiles files) {
    this.files = files;
  }

  /**
   * Returns the images of all sets, each set in the order of its file names.
   *
   * @throws GridException if a set has none
   */
  public static List<EvaluationImage> of(List<EvaluationSet> sets, RunFiles files) {
    List<EvaluationImage> images = new ArrayList<>();
    for (EvaluationSet set : sets) {
      List<EvaluationImage> found = new EvaluationImages(files).of(set);
      if (found.isEmpty()) {
        throw GridException.of(
            ErrorCode.INPUT,
            "Cannot evaluate on %s: no image in %s (known suffixes: %s)",
            set.name(),
            set.path(),
            String.join(" ", ImageNames.suffixes()));
      }
      images.addAll(found);
    }
    return images;
  }

  private List<EvaluationImage> of(EvaluationSet set) {
    List<EvaluationImage> found = new ArrayList<>();
    try {
      Path pattern = new Path(set.path());
      FileSystem system = files.fileSystem(pattern);
      FileStatus[] matches = system.globStatus(system.makeQualified(pattern));
      if (matches == null) {
        return found;
      }
      for (FileStatus match : sorted(matches)) {
        if (match.isDirectory()) {
          walk(system, match.getPath(), match.getPath(), set.name(), found);
        } else {
          found.add(image(set.name(), match.getPath().getParent(), match.getPath()));
        }
      }
    } catch (IOException e) {
      throw GridException.of(
          e,
          ErrorCode.INPUT,
          "Cannot evaluate on %s: %s: %s",
          set.name(),
          set.path(),
          Messages.firstLine(e));
    }
    return found;
  }

  private static void walk(
      FileSystem system, Path folder, Path base, String dataset, List<EvaluationImage> found)
      throws IOException {
    for (FileStatus status : sorted(system.listStatus(folder))) {
      String name = status.getPath().getName();
      if (ImageNames.isHidden(name)) {
        continue;
      }
      if (status.isDirectory()) {
        walk(system, status.getPath(), base, dataset, found);
      } else if (ImageNames.isImage(name)) {
        found.add(image(dataset, base, status.getPath()));
      }
    }
  }

  private static EvaluationImage image(String dataset, Path base, Path file) {
    String name = base.toUri().relativize(file.toUri()).getPath();
    return new EvaluationImage(dataset, name, file.toString());
  }

  private static List<FileStatus> sorted(FileStatus[] statuses) {
    return Arrays.stream(statuses).sorted(Comparator.comparing(FileStatus::getPath)).toList();
  }
}
