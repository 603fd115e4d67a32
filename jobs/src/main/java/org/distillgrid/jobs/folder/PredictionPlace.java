package org.distillgrid.jobs.folder;

import java.io.Serializable;
import java.util.Locale;
import org.apache.hadoop.fs.Path;

/**
 * Where the predictions of one teacher for one patch table lie: a folder of a cache that runs
 * share.
 *
 * @param location the folder, fully qualified; empty for none
 */
public record PredictionPlace(String location) implements Serializable {
  private static final String USERS = "used-by";

  /** Returns the place of a key below a cache. */
  public static PredictionPlace below(Path cache, String id) {
    return new PredictionPlace(new Path(cache, id).toString());
  }

  /** Returns the folder. */
  public Path root() {
    return new Path(location);
  }

  /** Returns the key's id. */
  public String id() {
    return root().getName();
  }

  /** Returns what says that all shards are there, and of what they are; written last. */
  public Path state() {
    return new Path(root(), "_predicted.json");
  }

  /** Returns one shard. */
  public Path shard(int number) {
    return new Path(root(), String.format(Locale.ROOT, "shard-%06d.bin", number));
  }

  /** Returns the folder of files that name the runs which have used it; the newest is the last. */
  public Path users() {
    return new Path(root(), USERS);
  }
}
