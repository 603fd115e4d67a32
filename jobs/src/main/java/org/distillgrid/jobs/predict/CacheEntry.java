package org.distillgrid.jobs.predict;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.distillgrid.jobs.folder.PredictionPlace;
import org.distillgrid.jobs.folder.RunFiles;

/**
 * The predictions of one key, as they lie in a cache.
 *
 * @param place where
 * @param bytes what its files take
 * @param lastUsed when a run last said that it uses them, milliseconds of the file system's clock
 * @param users the run folders that have ever used them
 */
record CacheEntry(PredictionPlace place, long bytes, long lastUsed, List<String> users) {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");

  CacheEntry {
    users = List.copyOf(users);
  }

  /**
   * Returns whether something in a cache's folder is an entry, and nothing that others put there.
   */
  static boolean isEntry(FileStatus status, RunFiles files) {
    PredictionPlace place = new PredictionPlace(status.getPath().toString());
    return status.isDirectory()
        && ID.matcher(place.id()).matches()
        && !files.list(place.users()).isEmpty();
  }

  static CacheEntry of(PredictionPlace place, RunFiles files) {
    List<FileStatus> users = files.list(place.users());
    return new CacheEntry(
        place,
        files.list(place.root()).stream()
            .filter(FileStatus::isFile)
            .mapToLong(FileStatus::getLen)
            .sum(),
        users.stream().mapToLong(FileStatus::getModificationTime).max().orElse(0),
        users.stream().flatMap(user -> files.text(user.getPath()).stream()).toList());
  }

  /** Returns whether a run uses it now. */
  boolean isInUse(Predicate<String> runs) {
    return users.stream().anyMatch(runs);
  }

  /** Deletes it: first what says that it is whole. */
  void delete(RunFiles files) {
    files.delete(place.state());
    files.delete(place.root());
  }
}
