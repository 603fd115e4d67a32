package org.distillgrid.jobs.score;

import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.distillgrid.kd.difficulty.PatchDifficulty;
import org.distillgrid.kd.eval.PatchPair;
import org.distillgrid.kd.eval.PatchScorer;
import org.distillgrid.kd.model.Network;

/**
 * The networks of one executor, shared by the tasks that run on it: loaded by the first, closed
 * with the last.
 */
final class SharedScorer {
  // Tasks of one executor have nothing in common but what is static.
  private static final Map<String, SharedScorer> OPEN = new HashMap<>();

  private final String key;
  private final NDManager manager;
  private final PatchScorer scorer;
  private int users;

  private SharedScorer(String key, NDManager manager, PatchScorer scorer) {
    this.key = key;
    this.manager = manager;
    this.scorer = scorer;
  }

  /** Returns the scorer of some models; whoever acquires it releases it once. */
  static SharedScorer acquire(ScoringModels models) {
    synchronized (OPEN) {
      SharedScorer shared = OPEN.get(models.key());
      if (shared == null) {
        shared = load(models);
        OPEN.put(models.key(), shared);
      }
      shared.users++;
      return shared;
    }
  }

  /** Returns how many sets of networks this JVM holds. */
  static int openCount() {
    synchronized (OPEN) {
      return OPEN.size();
    }
  }

  /** Scores a batch; any thread may do so at any time. */
  List<PatchDifficulty> score(List<PatchPair> batch) {
    return scorer.score(batch);
  }

  /** Lets go; the last one closes the networks. */
  void release() {
    synchronized (OPEN) {
      users--;
      if (users == 0) {
        OPEN.remove(key);
        manager.close();
      }
    }
  }

  private static SharedScorer load(ScoringModels models) {
    NDManager manager = NDManager.newBaseManager();
    try {
      int scale = models.task().scale();
      Network teacher = models.teacher().network(models.channels(), scale, manager);
      PatchScorer scorer = PatchScorer.withoutStudent(models.task(), teacher);
      for (ModelFile student : models.students()) {
        scorer =
            PatchScorer.of(
                models.task(), teacher, student.network(models.channels(), scale, manager));
      }
      return new SharedScorer(models.key(), manager, scorer);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }
}
