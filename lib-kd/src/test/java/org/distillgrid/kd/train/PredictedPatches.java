package org.distillgrid.kd.train;

import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.prediction.PredictionSet;
import org.distillgrid.kd.prediction.PredictionShard;
import org.distillgrid.kd.prediction.PredictionSize;
import org.distillgrid.kd.prediction.ShardHeader;
import org.distillgrid.kd.prediction.ShardedPredictions;
import org.distillgrid.kd.task.SuperResolution;
import org.distillgrid.kd.train.patches.PatchSource;

/** What a teacher says of the training patches of {@link Cohorts}, kept as files keep it. */
final class PredictedPatches {
  private static final PredictionSize SIZE = new PredictionSize(3, 32, 32);

  private PredictedPatches() {}

  /** Returns the predictions, made in shards of so many patches. */
  static List<byte[]> shards(CohortSetup.Teacher teacher, PatchSource patches, int inShard) {
    List<ShardHeader> headers = new ArrayList<>();
    for (int first = 0; first < patches.size(); first += inShard) {
      int count = Math.min(inShard, patches.size() - first);
      headers.add(new ShardHeader("key", first, count, SIZE));
    }
    List<byte[]> made = new ArrayList<>();
    new Predictor(Cohorts.CPU, teacher, new SuperResolution(2), patches)
        .predict(
            headers,
            new Predictor.Listener() {
              @Override
              public void passed() {}

              @Override
              public void made(ShardHeader shard, byte[] content) {
                made.add(content);
              }
            });
    return made;
  }

  /** Returns them as training reads them. */
  static ShardedPredictions of(CohortSetup.Teacher teacher, PatchSource patches) {
    PredictionSet set = PredictionSet.of("key", patches.size(), SIZE);
    List<byte[]> content = shards(teacher, patches, patches.size());
    return new ShardedPredictions(
        set, List.of(PredictionShard.of(content.get(0), set.shard(0), "shard")));
  }
}
