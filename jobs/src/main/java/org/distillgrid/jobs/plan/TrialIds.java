package org.distillgrid.jobs.plan;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ids of a run's trials, each computed once: a grid of fifty thousand trials is asked for them
 * many times over.
 */
public final class TrialIds {
  private final ContentKeys keys;
  private final IdentityHashMap<Trial, String> ids = new IdentityHashMap<>();

  private TrialIds(ContentKeys keys) {
    this.keys = keys;
  }

  /** Computes the ids of the trials of a plan. */
  public static TrialIds of(List<Trial> trials, ContentKeys keys) {
    TrialIds all = new TrialIds(keys);
    Map<PretrainKey, String> pretrained = new HashMap<>();
    for (Trial trial : trials) {
      String student = pretrained.computeIfAbsent(trial.pretrainKey(), key -> key.id(keys));
      all.ids.put(trial, trial.id(keys, student));
    }
    return all;
  }

  /** Returns the id of a trial, which is one of those that the ids were computed of. */
  public String id(Trial trial) {
    String known = ids.get(trial);
    if (known == null) {
      return trial.id(keys);
    }
    return known;
  }
}
