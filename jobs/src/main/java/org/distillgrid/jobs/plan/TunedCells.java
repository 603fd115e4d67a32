package org.distillgrid.jobs.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.train.Cell;

/** Gathers the trials of candidates by their cells. */
final class TunedCells {
  private final List<Long> wished;
  private final Map<Place, GridMethod> methods = new LinkedHashMap<>();
  private final Map<Place, Map<String, Map<Long, Trial>>> trials = new LinkedHashMap<>();

  private record Place(String student, Bits bits, String quantizer, String label) {
    @Override
    public String toString() {
      return label + " of " + String.join(" ", student, bits.toString(), quantizer);
    }
  }

  /**
   * Gathers nothing yet.
   *
   * @param wished the seeds at which candidates shall be compared; empty for the first
   */
  TunedCells(List<Long> wished) {
    this.wished = List.copyOf(wished);
  }

  /**
   * Takes a trial.
   *
   * @param label what tables call the method that it is a candidate of
   */
  void add(Trial trial, GridMethod method, String label) {
    Cell cell = trial.cell();
    Place place = new Place(cell.label(), cell.bits(), cell.quantizer().canonical(), label);
    methods.putIfAbsent(place, method);
    trials
        .computeIfAbsent(place, absent -> new LinkedHashMap<>())
        .computeIfAbsent(cell.method().canonical(), absent -> new LinkedHashMap<>())
        .put(cell.seed(), trial);
  }

  /**
   * Returns the cells.
   *
   * @throws GridException if candidates of one have different seeds, or it lacks those wished for
   */
  List<TunedCell> all() {
    List<TunedCell> cells = new ArrayList<>();
    methods.forEach((place, method) -> cells.add(cell(place, method)));
    return cells;
  }

  private TunedCell cell(Place place, GridMethod method) {
    Map<String, Map<Long, Trial>> byMethod = trials.get(place);
    List<TunedCell.Tried> tried = new ArrayList<>();
    for (Candidate candidate : method.candidates()) {
      Map<Long, Trial> bySeed = byMethod.get(candidate.method().canonical());
      if (bySeed != null) {
        tried.add(new TunedCell.Tried(candidate, bySeed));
      }
    }
    TunedCell.Tried first = tried.get(0);
    for (TunedCell.Tried other : tried) {
      if (!other.trials().keySet().equals(first.trials().keySet())) {
        throw GridException.of(
            ErrorCode.USAGE,
            "Cannot tune %s: its candidates have different seeds, %s at %s and %s at %s",
            place,
            first.candidate().options(),
            first.trials().keySet(),
            other.candidate().options(),
            other.trials().keySet());
      }
    }
    return new TunedCell(place.label, method.spelling(), tried, tuneSeeds(place, first));
  }

  private List<Long> tuneSeeds(Place place, TunedCell.Tried tried) {
    List<Long> seeds = List.copyOf(tried.trials().keySet());
    if (wished.isEmpty()) {
      return seeds.subList(0, 1);
    }
    List<Long> tune = seeds.stream().filter(wished::contains).toList();
    if (tune.isEmpty()) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot tune %s: it has seeds %s, and none of grid.tune.seeds %s",
          place,
          seeds,
          wished);
    }
    return tune;
  }
}
