package org.distillgrid.jobs.table;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.jobs.folder.JsonFiles;
import org.distillgrid.jobs.folder.PredictionPlace;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.kd.prediction.PredictionSet;

/**
 * What {@code _predicted.json} says; written last, it tells that all predictions are there.
 *
 * @param of what they were made from, by the name of each part of the key
 * @param set how many there are, and how large
 * @param checksums SHA-256 of each shard, hexadecimal
 */
public record PredictedData(
    SortedMap<String, String> of, PredictionSet set, List<String> checksums) {
  /** Takes unmodifiable copies. */
  public PredictedData {
    of = Collections.unmodifiableSortedMap(new TreeMap<>(of));
    checksums = List.copyOf(checksums);
  }

  /** Reads the state at a place; nothing if there is none, or it is damaged. */
  public static Optional<PredictedData> read(PredictionPlace place, RunFiles files) {
    return new JsonFiles(files).read(place.state(), PredictedData.class);
  }

  /** Writes it, which makes the predictions valid. */
  public void write(PredictionPlace place, RunFiles files) {
    new JsonFiles(files).write(place.state(), this);
  }
}
