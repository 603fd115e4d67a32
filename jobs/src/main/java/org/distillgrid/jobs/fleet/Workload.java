package org.distillgrid.jobs.fleet;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.distillgrid.jobs.fleet.agenda.Agenda;
import org.distillgrid.jobs.fleet.agenda.Item;

/**
 * All that a run has to do, and how. It is declared before a fleet runs it; while it runs, its
 * callbacks may find that something need not be done after all.
 */
public final class Workload {
  private final Agenda agenda;
  private final Map<String, Work> waiting = new HashMap<>();
  private final Map<String, Tally> tallies = new LinkedHashMap<>();

  /** Makes an empty workload, see {@link Fleet#workload}. */
  Workload(int slots, int largest) {
    this.agenda = new Agenda(slots, largest);
  }

  /** Adds a piece of work; what it needs may be added later. */
  public void add(Item item, Work work) {
    agenda.add(item);
    waiting.put(item.id(), work);
    tally(work).waits(work);
  }

  /** Takes off what is found to be done, or of no use, unless it is under way or over. */
  public void settle(String id) {
    Work work = waiting.remove(id);
    if (work != null) {
      tally(work).forgets(work);
      agenda.done(id);
    }
  }

  /** Returns whether a piece of work has neither been handed over nor taken off. */
  public boolean isWaiting(String id) {
    return waiting.containsKey(id);
  }

  boolean isOver() {
    return agenda.isOver();
  }

  Optional<String> nextBeside() {
    return agenda.nextBeside();
  }

  Optional<List<String>> next(int free) {
    return agenda.next(free);
  }

  /** Returns how an item is done that is handed over now. */
  Work handOver(String id) {
    Work work = waiting.remove(id);
    tally(work).handsOver(work);
    return work;
  }

  /** Notes that an item is done. */
  void done(String id, Work work) {
    tally(work).finishes();
    agenda.done(id);
  }

  /** Notes that an item has failed, and tells the stages of all that needed it. */
  void fail(String id, Work work, String error) {
    tally(work).fails();
    for (String dropped : agenda.fail(id)) {
      Work without = waiting.remove(dropped);
      tally(without).forgets(without);
      tally(without).drops();
      if (without instanceof Work.Trained training) {
        training.trained().dropped(dropped, error);
      }
    }
  }

  List<Tally> tallies() {
    return List.copyOf(tallies.values());
  }

  private Tally tally(Work work) {
    return tallies.computeIfAbsent(work.stage(), any -> Tally.of(work));
  }
}
