package org.distillgrid.jobs.worker;

import java.io.Serializable;
import java.util.List;
import org.distillgrid.kd.prediction.PredictionSet;

/**
 * An order to make some shards of the teacher's predictions, or to find them whole.
 *
 * @param work names the teacher, the patches and where predictions are kept
 * @param shards their numbers
 */
public record PredictOrder(CohortOrder.Work work, List<Integer> shards)
    implements Order<List<PredictOrder.Shard>> {
  public PredictOrder {
    shards = List.copyOf(shards);
  }

  /**
   * One shard that is whole.
   *
   * @param number which
   * @param checksum SHA-256 of it, hexadecimal
   * @param how how it came to be
   * @param wrong what was wrong with a file in its place; empty if nothing was
   */
  public record Shard(int number, String checksum, How how, String wrong) implements Serializable {
    /** How a shard came to be. */
    public enum How {
      /** It was there. */
      FOUND,
      /** The teacher has made it. */
      MADE
    }
  }

  @Override
  public String key() {
    return "predictions-" + shards.get(0);
  }

  @Override
  public String purpose() {
    PredictionSet set = work.predictions().set();
    return "predict shards %d to %d of %d"
        .formatted(shards.get(0), shards.get(shards.size() - 1), set.shards());
  }

  @Override
  public List<Shard> carryOut() {
    return new PredictTask(work).run(shards);
  }
}
