package org.distillgrid.jobs.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.distillgrid.jobs.folder.PredictionPlace;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.prediction.PredictionSet;
import org.distillgrid.kd.prediction.PredictionShard;
import org.distillgrid.kd.prediction.ShardHeader;
import org.distillgrid.kd.prediction.ShardedPredictions;

/**
 * Opens predictions from files on the local disk that are mapped into memory. A file is copied from
 * the cache once a host, and its checksum is looked at whenever it is opened.
 */
public final class PredictionStore {
  private final PredictionPlace place;
  private final PredictionSet set;
  private final RunFiles files;
  private final PackFolder folder;
  private final List<String> checksums;
  // What the look at a local file has mapped: to check it once more would be to read all of it.
  private final Map<Integer, PredictionShard> whole = new HashMap<>();

  private PredictionStore(
      PredictionPlace place,
      PredictionSet set,
      RunFiles files,
      PackFolder folder,
      List<String> checksums) {
    this.place = place;
    this.set = set;
    this.files = files;
    this.folder = folder;
    this.checksums = checksums;
  }

  /**
   * Opens the predictions at a place. Several processes may do so at once.
   *
   * @param set what must be there
   * @throws GridException if anything else is there, or a file is cut or damaged
   */
  public static ShardedPredictions open(PredictionPlace place, PredictionSet set, RunFiles files) {
    return open(place, set, files, PackFolder.ofThisHost());
  }

  /** Opens predictions, keeping the local files in the given folder. */
  static ShardedPredictions open(
      PredictionPlace place, PredictionSet set, RunFiles files, PackFolder folder) {
    List<String> checksums =
        PredictedData.read(place, files)
            .filter(state -> set.equals(state.set()) && state.checksums().size() == set.shards())
            .map(PredictedData::checksums)
            .orElseThrow(() -> refused(place.root(), "not whole, or of another teacher"));
    return new PredictionStore(place, set, files, folder, checksums).open();
  }

  private ShardedPredictions open() {
    List<PredictionShard> shards = new ArrayList<>();
    for (int number = 0; number < set.shards(); number++) {
      shards.add(shard(number));
    }
    return new ShardedPredictions(set, shards);
  }

  private PredictionShard shard(int number) {
    ShardHeader header = set.shard(number);
    Path file =
        folder.file(
            place.id() + "-" + number,
            local -> isWhole(local, header, number),
            fresh -> copy(number, fresh));
    return Optional.ofNullable(whole.get(number))
        .orElseGet(() -> PredictionShard.map(file, header));
  }

  private boolean isWhole(Path local, ShardHeader header, int number) {
    if (!Files.isRegularFile(local)) {
      return false;
    }
    try {
      PredictionShard shard = PredictionShard.map(local, header);
      boolean isOurs = shard.checksum().equals(checksums.get(number));
      if (isOurs) {
        whole.put(number, shard);
      }
      return isOurs;
    } catch (GridException e) {
      return false;
    }
  }

  private void copy(int number, Path fresh) throws IOException {
    org.apache.hadoop.fs.Path kept = place.shard(number);
    byte[] content = files.required(kept);
    PredictionShard shard = PredictionShard.of(content, set.shard(number), kept.toString());
    if (!shard.checksum().equals(checksums.get(number))) {
      throw refused(kept, "not the file that was written there");
    }
    PackFolder.requireRoom(fresh, content.length);
    Files.write(fresh, content);
  }

  private static GridException refused(org.apache.hadoop.fs.Path where, String why) {
    return GridException.of(ErrorCode.INPUT, "Cannot use predictions %s: %s", where, why);
  }
}
