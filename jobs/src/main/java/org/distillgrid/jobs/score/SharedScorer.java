package org.distillgrid.jobs.score;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.distillgrid.kd.difficulty.PatchDifficulty;
import org.distillgrid.kd.eval.LoadedNetwork;
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
  private final List<LoadedNetwork> networks;
  private final PatchScorer scorer;
  private int users;

  private SharedScorer(String key, List<LoadedNetwork> networks, PatchScorer scorer) {
    this.key = key;
    this.networks = networks;
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
        networks.forEach(LoadedNetwork::close);
      }
    }
  }

  private static SharedScorer load(ScoringModels models) {
    List<LoadedNetwork> networks = new ArrayList<>();
    try {
      Network teacher = open(models, models.teacher(), networks);
      PatchScorer scorer = PatchScorer.withoutStudent(models.task(), teacher);
      for (ModelFile student : models.students()) {
        scorer = PatchScorer.of(models.task(), teacher, open(models, student, networks));
      }
      return new SharedScorer(models.key(), networks, scorer);
    } catch (RuntimeException e) {
      networks.forEach(LoadedNetwork::close);
      throw e;
    }
  }

  private static Network open(ScoringModels models, ModelFile file, List<LoadedNetwork> networks) {
    LoadedNetwork loaded = file.open(models.channels(), models.task().scale());
    networks.add(loaded);
    return loaded.network();
  }
}
