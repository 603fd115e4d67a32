package org.distillgrid.jobs.table;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.folder.StateFile;

/**
 * What says that a patch table is whole, and what it was made from.
 *
 * @param fingerprint SHA-256 over every used image (dataset, path, checksum, split) and the
 *     parameters, hexadecimal
 * @param inputs SHA-256 over every file that was listed, used or not, hexadecimal
 * @param parameters what shaped the patches, by spec key
 * @param images images used
 * @param rejected files not used
 * @param patches patches by split
 */
public record PreparedData(
    String fingerprint,
    String inputs,
    SortedMap<String, String> parameters,
    int images,
    int rejected,
    SortedMap<String, Long> patches) {
  /** The split that is trained on. */
  public static final String TRAIN = "train";

  /** The split that curves are taken on. */
  public static final String VALID = "valid";

  public PreparedData {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    patches = Collections.unmodifiableSortedMap(new TreeMap<>(patches));
  }

  /** Returns how many patches there are in all splits. */
  public long totalPatches() {
    return patches.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns the name of the first parameter that differs with both values, if any differs. */
  public Optional<String> changed(Map<String, String> wanted) {
    SortedMap<String, String> all = new TreeMap<>(parameters);
    all.putAll(wanted);
    return all.keySet().stream()
        .filter(key -> !String.valueOf(wanted.get(key)).equals(parameters.get(key)))
        .map(key -> key + ": " + parameters.get(key) + " → " + wanted.get(key))
        .findFirst();
  }

  /**
   * Reads the state of a run's patch table; nothing if there is no whole one.
   *
   * @throws org.distillgrid.kd.error.GridException if the file is there but is not what was written
   */
  public static Optional<PreparedData> read(RunFolder run) {
    return file(run).read(run.files());
  }

  /** Writes the state of a run's patch table, which makes the table valid. */
  public void write(RunFolder run) {
    file(run).write(this, run.files());
  }

  private static StateFile<PreparedData> file(RunFolder run) {
    return new StateFile<>(run.prepared(), PreparedData.class);
  }
}
