package org.distillgrid.jobs.plan;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The trials of a grid.
 *
 * @param trials each once, in the order of the spec; of a tuned cell every candidate at every seed,
 *     of which a run trains those at the further seeds that are chosen
 * @param tuned the cells whose method is tuned
 * @param cells size of the product and of what include adds to it, before anything else
 * @param merged cells that came out equal to an earlier one, for instance fp under two quantisers
 * @param excluded cells that exclude took out
 */
public record TrialPlan(
    List<Trial> trials, List<TunedCell> tuned, int cells, int merged, int excluded) {
  public TrialPlan {
    trials = List.copyOf(trials);
    tuned = List.copyOf(tuned);
  }

  /**
   * Returns the trials, told apart by themselves, that a run trains only where their candidate is
   * chosen.
   */
  public Set<Trial> later() {
    Set<Trial> later = Collections.newSetFromMap(new IdentityHashMap<>());
    for (TunedCell cell : tuned) {
      for (TunedCell.Tried tried : cell.candidates()) {
        cell.furtherSeeds().forEach(seed -> cell.further(tried, seed).ifPresent(later::add));
      }
    }
    return later;
  }

  /**
   * Returns as many trials as a run trains: of a tuned cell all candidates, and at each further
   * seed one of them in place of the one that will be chosen.
   */
  public List<Trial> expected() {
    Set<Trial> left = later();
    for (TunedCell cell : tuned) {
      cell.furtherSeeds().forEach(seed -> cell.standIn(seed).ifPresent(left::remove));
    }
    return trials.stream().filter(trial -> !left.contains(trial)).toList();
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
    return expected().stream().filter(Trial::isPredicted).toList();
  }

  /** Returns the seeds in ascending order. */
  public List<Long> seeds() {
    return trials.stream().map(trial -> trial.cell().seed()).distinct().sorted().toList();
  }
}
