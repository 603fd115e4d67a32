package org.distillgrid.kd.prediction;

import java.io.Serializable;

/**
 * The predictions of all patches of a source, and how they are laid over shards: the same whoever
 * makes them.
 *
 * @param key a hash of everything that decides the predictions, at most 64 characters of ASCII
 * @param patches how many patches there are
 * @param size how large the prediction of one is
 * @param patchesInShard how many patches a shard has, of which the last may have fewer
 */
public record PredictionSet(String key, int patches, PredictionSize size, int patchesInShard)
    implements Serializable {
  private static final long SHARD_BYTES = 8L << 20;

  /** Patches of one pass of the teacher; shards hold a multiple of it. */
  public static final int PATCHES_IN_PASS = 2;

  /** Returns a set in shards of 8 MiB, or of one pass where that is more. */
  public static PredictionSet of(String key, int patches, PredictionSize size) {
    long passes = SHARD_BYTES / (size.bytes() * PATCHES_IN_PASS);
    int inShard = Math.toIntExact(Math.max(1, passes)) * PATCHES_IN_PASS;
    return new PredictionSet(key, patches, size, inShard);
  }

  /** Returns how many shards there are. */
  public int shards() {
    return (patches + patchesInShard() - 1) / patchesInShard();
  }

  /** Returns what a shard holds. */
  public ShardHeader shard(int number) {
    int first = number * patchesInShard();
    return new ShardHeader(key, first, Math.min(patchesInShard(), patches - first), size);
  }

  /** Returns how many bytes all shards take. */
  public long bytes() {
    return patches * size.bytes() + (long) shards() * ShardHeader.FRAME;
  }
}
