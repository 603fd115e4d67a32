package org.distillgrid.jobs.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.distillgrid.kd.train.Cell;

/**
 * A cell of a grid, without its seed, whose method is tuned: what is compared, and what is trained
 * of the candidate that is chosen. Each is told from others by itself.
 */
public final class TunedCell {
  private final String label;
  private final String spelling;
  private final List<Tried> candidates;
  private final List<Long> tuneSeeds;
  private final List<Long> furtherSeeds;

  /**
   * A candidate and its trials.
   *
   * @param candidate the method with its values
   * @param trials by seed, in the order of the grid
   */
  public record Tried(Candidate candidate, Map<Long, Trial> trials) {
    public Tried {
      trials = Collections.unmodifiableMap(new LinkedHashMap<>(trials));
    }
  }

  /**
   * Makes a cell.
   *
   * @param label what tables call the tuned method
   * @param spelling its one spelling, with its lists
   * @param candidates at least one, all at the same seeds
   * @param tuneSeeds at which they are compared, at least one
   */
  TunedCell(String label, String spelling, List<Tried> candidates, List<Long> tuneSeeds) {
    this.label = label;
    this.spelling = spelling;
    this.candidates = List.copyOf(candidates);
    this.tuneSeeds = List.copyOf(tuneSeeds);
    List<Long> further = new ArrayList<>(candidates.get(0).trials().keySet());
    further.removeAll(tuneSeeds);
    this.furtherSeeds = List.copyOf(further);
  }

  /** Returns what tables call the tuned method. */
  public String label() {
    return label;
  }

  /** Returns the tuned method's one spelling, with its lists. */
  public String spelling() {
    return spelling;
  }

  /** Returns what is chosen from, in the order in which it is named. */
  public List<Tried> candidates() {
    return candidates;
  }

  /** Returns the seeds at which candidates are compared. */
  public List<Long> tuneSeeds() {
    return tuneSeeds;
  }

  /** Returns the seeds at which only the chosen candidate is trained. */
  public List<Long> furtherSeeds() {
    return furtherSeeds;
  }

  /** Returns the trials that are compared. */
  public List<Trial> compared() {
    return candidates.stream()
        .flatMap(tried -> tuneSeeds.stream().map(tried.trials()::get))
        .toList();
  }

  /** Returns the trial of a candidate at a further seed, unless the grid names it by itself. */
  public Optional<Trial> further(Tried tried, long seed) {
    return Optional.of(tried.trials().get(seed)).filter(this::isOnlyCandidate);
  }

  /** Returns what stands for the chosen trial of a further seed as long as none is chosen. */
  public Optional<Trial> standIn(long seed) {
    return candidates.stream()
        .flatMap(tried -> further(tried, seed).stream())
        .reduce((earlier, later) -> later);
  }

  /** Returns the cell in words, for instance {@code edsr-c16-b4 w4a4 lsq}. */
  public String place() {
    Cell cell = compared().get(0).cell();
    return String.join(" ", cell.label(), cell.bits().toString(), cell.quantizer().canonical());
  }

  private boolean isOnlyCandidate(Trial trial) {
    return trial.label().equals(label);
  }
}
