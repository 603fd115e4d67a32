package org.distillgrid.jobs.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The trials of a grid.
 *
 * @param trials each once, in the order of the spec
 * @param cells size of the product and of what include adds to it, before anything else
 * @param merged cells that came out equal to an earlier one, for instance fp under two quantisers
 * @param excluded cells that exclude took out
 */
public record TrialPlan(List<Trial> trials, int cells, int merged, int excluded) {
  public TrialPlan {
    trials = List.copyOf(trials);
  }

  /** Returns the full-precision students that are trained for trials to start from, each once. */
  public List<PretrainKey> pretrained() {
    return starts().filter(PretrainKey::isTrained).toList();
  }

  /** Returns what trials start from that the spec gives weights, each student once. */
  public List<PretrainKey> given() {
    Map<String, PretrainKey> byLabel = new LinkedHashMap<>();
    starts()
        .filter(key -> key.from().weights().isPresent())
        .forEach(key -> byLabel.putIfAbsent(key.from().label(), key));
    return List.copyOf(byLabel.values());
  }

  private Stream<PretrainKey> starts() {
    return trials.stream().map(Trial::pretrainKey).distinct();
  }

  /** Returns whether a trial's method compares images in an encoder. */
  public boolean readsEncoder() {
    return trials.stream().anyMatch(trial -> trial.cell().method().readsEncoder());
  }

  /** Returns those trials that are taught by predictions which are made once for all patches. */
  public List<Trial> predicted() {
    return trials.stream().filter(Trial::isPredicted).toList();
  }

  /** Returns the seeds in ascending order. */
  public List<Long> seeds() {
    return trials.stream().map(trial -> trial.cell().seed()).distinct().sorted().toList();
  }
}
