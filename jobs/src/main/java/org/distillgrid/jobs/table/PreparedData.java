package org.distillgrid.jobs.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

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

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Takes unmodifiable copies of the maps. */
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
   * @throws GridException if the file is there but is not what was written
   */
  public static Optional<PreparedData> read(RunFolder run) {
    Path path = run.prepared();
    return run.files().text(path).map(text -> parse(path, text));
  }

  /** Writes the state of a run's patch table, which makes the table valid. */
  public void write(RunFolder run) {
    try {
      run.files().replace(run.prepared(), JSON.writeValueAsString(this) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A record of texts and numbers is always JSON", e);
    }
  }

  private static PreparedData parse(Path path, String text) {
    try {
      return JSON.readValue(text, PreparedData.class);
    } catch (JsonProcessingException e) {
      throw GridException.of(e, ErrorCode.INPUT, "Cannot read %s: %s", path, Messages.firstLine(e));
    }
  }
}
