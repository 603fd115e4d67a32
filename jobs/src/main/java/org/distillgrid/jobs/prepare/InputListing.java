package org.distillgrid.jobs.prepare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.prepare.InputFile.Origin;
import org.distillgrid.jobs.table.RejectedInput;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.ImageNames;

/**
 * Finds the files that a spec names. A folder is walked to its end and gives every file with the
 * suffix of an image; what starts with a dot is passed over; a folder that is named like an image
 * is rejected, not entered. A file named directly, or by a glob, is taken whatever its suffix. A
 * data set is called after the folder it lies in.
 */
final class InputListing {
  private final RunFiles storage;
  private final DatasetNames names = new DatasetNames();
  private final Map<String, InputFile> files = new LinkedHashMap<>();
  private final Map<String, RejectedInput> rejected = new LinkedHashMap<>();

  InputListing(RunFiles storage) {
    this.storage = storage;
  }

  /**
   * Adds what one entry of the spec names.
   *
   * @throws GridException if it names nothing, or a file that is in the other list too
   */
  void add(Origin origin, String entry) {
    int before = files.size() + rejected.size();
    try {
      Path pattern = new Path(entry);
      FileSystem system = storage.fileSystem(pattern);
      FileStatus[] matches = system.globStatus(system.makeQualified(pattern));
      if (matches == null || matches.length == 0) {
        throw GridException.of(
            ErrorCode.INPUT, "Cannot read %s: no such file or folder: %s", origin.key(), entry);
      }
      for (FileStatus match : sorted(matches)) {
        if (match.isDirectory()) {
          walk(system, match.getPath(), match.getPath(), origin);
        } else {
          take(match, match.getPath().getParent(), origin);
        }
      }
    } catch (IOException e) {
      throw GridException.of(
          e, ErrorCode.INPUT, "Cannot read %s: %s: %s", origin.key(), entry, Messages.firstLine(e));
    }
    if (files.size() + rejected.size() == before) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot read %s: no new image in %s (known suffixes: %s)",
          origin.key(),
          entry,
          String.join(" ", ImageNames.suffixes()));
    }
  }

  /** Returns the files found so far, in the order of the spec. */
  List<InputFile> files() {
    return List.copyOf(files.values());
  }

  /** Returns what was found but is no file. */
  List<RejectedInput> rejected() {
    return List.copyOf(rejected.values());
  }

  private void walk(FileSystem system, Path folder, Path base, Origin origin) throws IOException {
    List<FileStatus> below = new ArrayList<>();
    for (FileStatus status : sorted(system.listStatus(folder))) {
      String name = status.getPath().getName();
      if (ImageNames.isHidden(name)) {
        continue;
      }
      if (status.isDirectory() && !ImageNames.isImage(name)) {
        below.add(status);
      } else if (ImageNames.isImage(name)) {
        take(status, base, origin);
      }
    }
    for (FileStatus status : below) {
      walk(system, status.getPath(), base, origin);
    }
  }

  private void take(FileStatus status, Path base, Origin origin) {
    String location = status.getPath().toString();
    String dataset = names.of(base.toString());
    if (status.isDirectory()) {
      rejected.putIfAbsent(
          location, new RejectedInput(dataset, location, "Cannot read image: is a folder", 0));
      return;
    }
    String image = base.toUri().relativize(status.getPath().toUri()).getPath();
    InputFile file = new InputFile(dataset, image, location, status.getLen(), origin);
    InputFile earlier = files.putIfAbsent(location, file);
    if (earlier != null && earlier.origin() != origin) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot validate on training images: in data.train and in data.validate: %s",
          location);
    }
  }

  private static List<FileStatus> sorted(FileStatus[] statuses) {
    return Arrays.stream(statuses).sorted(Comparator.comparing(FileStatus::getPath)).toList();
  }
}
