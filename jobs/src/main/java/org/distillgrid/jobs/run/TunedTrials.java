package org.distillgrid.jobs.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.plan.TunedCell;
import org.distillgrid.jobs.report.CellChoice;
import org.distillgrid.jobs.report.Tuning;

/**
 * The tuned cells of a grid. Which trials they have at further seeds is known when their candidates
 * have ended; until then a place is kept for each among the items.
 */
final class TunedTrials {
  private final Tuning tuning;
  private final KnownTrials known;
  private final TrialLedger ledger;
  private final Set<TunedCell> open = new LinkedHashSet<>();
  private final IdentityHashMap<Trial, TunedCell> compared = new IdentityHashMap<>();
  private final Map<TunedCell, List<Place>> places = new LinkedHashMap<>();
  private final Map<String, String> errors = new HashMap<>();

  /**
   * An item that will be one of some trials.
   *
   * @param item its id on the agenda
   * @param cell the tuned cell
   * @param seed the further seed
   * @param trials what it can be: a trial of each candidate that is not trained anyway
   */
  record Place(String item, TunedCell cell, long seed, List<Trial> trials) {
    /** Returns the items that have to be over before it is known what it is. */
    Set<String> after(IdentityHashMap<Trial, String> items) {
      return cell.compared().stream()
          .map(items::get)
          .filter(Objects::nonNull)
          .collect(Collectors.toSet());
    }
  }

  TunedTrials(List<TunedCell> cells, Tuning tuning, KnownTrials known, TrialLedger ledger) {
    this.tuning = tuning;
    this.known = known;
    this.ledger = ledger;
    for (TunedCell cell : cells) {
      open.add(cell);
      cell.compared().forEach(trial -> compared.put(trial, cell));
    }
  }

  /** Returns how many trials are still to be chosen. */
  int awaited() {
    return open.stream().mapToInt(cell -> placesOf(cell).size()).sum();
  }

  /** Keeps a place for each trial that is still to be chosen. */
  void reserve() {
    open.forEach(cell -> places.put(cell, placesOf(cell)));
  }

  private static List<Place> placesOf(TunedCell cell) {
    List<Place> all = new ArrayList<>();
    for (long seed : cell.furtherSeeds()) {
      List<Trial> trials =
          cell.candidates().stream().flatMap(tried -> cell.further(tried, seed).stream()).toList();
      if (!trials.isEmpty()) {
        String item = "chosen " + cell.label() + " " + cell.place() + " " + seed;
        all.add(new Place(item, cell, seed, trials));
      }
    }
    return all;
  }

  /** Returns the places that are kept. */
  List<Place> places() {
    return places.values().stream().flatMap(List::stream).toList();
  }

  /** Returns the places of a cell, which are kept no longer. */
  List<Place> release(TunedCell cell) {
    return Optional.ofNullable(places.remove(cell)).orElseGet(List::of);
  }

  /** Returns the choices of all cells whose candidates have ended since it was last asked. */
  List<CellChoice> decided() {
    List<CellChoice> decided = new ArrayList<>();
    for (TunedCell cell : List.copyOf(open)) {
      decided(cell).ifPresent(decided::add);
    }
    return decided;
  }

  /** Returns the choice of a cell if a trial was the last of its candidates to end. */
  Optional<CellChoice> decidedBy(Trial trial) {
    return Optional.ofNullable(compared.get(trial)).filter(open::contains).flatMap(this::decided);
  }

  private Optional<CellChoice> decided(TunedCell cell) {
    if (cell.compared().stream().anyMatch(this::isAwaited)) {
      return Optional.empty();
    }
    open.remove(cell);
    return Optional.of(tuning.choice(cell, ledger::standing));
  }

  // A run that trains only some trials does not wait for others.
  private boolean isAwaited(Trial trial) {
    boolean hasEnded = known.isKnown(trial) && ledger.standing(known.id(trial)) != null;
    return !hasEnded && known.isOpen(trial);
  }

  /** Notes that an item will never be done. */
  void drop(String item, String error) {
    errors.put(item, error);
  }

  /** Returns why an item will never be done, if that is so. */
  Optional<String> error(String item) {
    return Optional.ofNullable(errors.get(item));
  }
}
