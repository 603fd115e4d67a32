package org.distillgrid.kd.prediction;

import java.util.List;

/**
 * A whole set of predictions.
 *
 * @param set what there is
 * @param shards every shard of it, in order
 */
public record ShardedPredictions(PredictionSet set, List<PredictionShard> shards)
    implements Predictions {
  /** Checks that no shard is missing. */
  public ShardedPredictions {
    shards = List.copyOf(shards);
    if (shards.size() != set.shards()) {
      throw new IllegalArgumentException(shards.size() + " shards of " + set.shards());
    }
  }

  @Override
  public int patches() {
    return set.patches();
  }

  @Override
  public PredictionSize size() {
    return set.size();
  }

  @Override
  public void read(int patch, int turn, float[] into, int at) {
    shards.get(patch / set.patchesInShard()).read(patch, turn, into, at);
  }
}
