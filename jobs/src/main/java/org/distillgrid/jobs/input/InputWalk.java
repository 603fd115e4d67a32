package org.distillgrid.jobs.input;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.ImageNames;

/**
 * Finds the images that one list of inputs names: folders, files and globs, on this machine or at a
 * Hadoop URI. A folder is walked to its end and gives every file with the suffix of an image; a
 * file named directly, or by a glob, is taken whatever its suffix; what starts with a dot is passed
 * over. Links are followed, except to a folder that they lie in; whatever ways lead to a file or
 * folder, it counts once in the list, by the first of them.
 */
public final class InputWalk {
  private final RunFiles storage;
  private final Videos videos;
  private final Set<String> seen = new HashSet<>();

  /** What becomes of files with the suffix of a video. */
  enum Videos {
    /** They are no images, like any other file. */
    PASSED_OVER,
    /** They are told: of pairs, all that is there is meant. */
    TOLD
  }

  /** Begins a list. */
  public InputWalk(RunFiles storage) {
    this(storage, Videos.PASSED_OVER);
  }

  InputWalk(RunFiles storage, Videos videos) {
    this.storage = storage;
    this.videos = videos;
  }

  /**
   * Returns what an entry leads to.
   *
   * @param key names the list in messages
   * @throws GridException if that is nothing, or nothing new
   */
  public Found find(String key, String entry) {
    Found found;
    try {
      Path pattern = new Path(entry);
      FileSystem system = system(pattern);
      FileStatus[] matches = matches(system, system.makeQualified(pattern));
      if (matches == null || matches.length == 0) {
        throw GridException.of(
            ErrorCode.INPUT, "Cannot read %s: no such file or folder: %s", key, entry);
      }
      FolderWalk walk = new FolderWalk(system, videos, seen);
      walk.all(matches);
      found = walk.found();
    } catch (IOException | IllegalArgumentException e) {
      throw GridException.of(
          e, ErrorCode.INPUT, "Cannot read %s: %s: %s", key, entry, Messages.firstLine(e));
    }
    if (found.files().isEmpty() && found.misfits().isEmpty()) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot read %s: no new image in %s (known suffixes: %s)",
          key,
          entry,
          String.join(" ", ImageNames.suffixes()));
    }
    return found;
  }

  private FileSystem system(Path path) throws IOException {
    FileSystem system = storage.fileSystem(path);
    if (system.getUri().getScheme().equals("file")) {
      return LinkedFiles.open(system.getConf());
    }
    return system;
  }

  // A name that exists as it stands is never taken for a glob, whatever characters it has.
  private static FileStatus[] matches(FileSystem system, Path path) throws IOException {
    if (system.exists(path)) {
      return new FileStatus[] {system.getFileStatus(path)};
    }
    return system.globStatus(path);
  }
}
