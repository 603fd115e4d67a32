package org.distillgrid.kd.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestPredictionSet {
  @Test
  void laysEveryPatchIntoOneShard() {
    for (PredictionSize size :
        List.of(
            new PredictionSize(3, 96, 96),
            new PredictionSize(1, 1000, 1000),
            new PredictionSize(3, 4096, 4096))) {
      PredictionSet set = PredictionSet.of("key", 1001, size);
      int next = 0;
      long bytes = 0;
      for (int number = 0; number < set.shards(); number++) {
        ShardHeader shard = set.shard(number);
        assertThat(shard.first()).isEqualTo(next);
        assertThat(shard.fileBytes()).isPositive().isLessThan(Integer.MAX_VALUE - 8);
        next += shard.patches();
        bytes += shard.fileBytes();
        if (number < set.shards() - 1) {
          assertThat(shard.patches() % PredictionSet.PATCHES_IN_PASS).isZero();
        }
      }
      assertThat(next).isEqualTo(1001);
      assertThat(set.bytes()).isEqualTo(bytes);
    }
  }

  @Test
  void isBuiltOfAllItsShards() {
    PredictionSet set = PredictionSet.of("key", 5, new PredictionSize(3, 4, 4));
    assertThatThrownBy(() -> new ShardedPredictions(set, List.of())).hasMessage("0 shards of 1");
  }
}
