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
  private final Map<String, Listed> waiting = new HashMap<>();
  private final Map<String, Tally> tallies = new LinkedHashMap<>();

  /** Makes an empty workload, see {@link Fleet#workload}. */
  Workload(int slots, int largest) {
    this.agenda = new Agenda(slots, largest);
  }

  /** Adds a piece of work; what it needs may be added later. */
  public void add(Item item, Work work) {
    agenda.add(item);
    Listed listed = new Listed(item.id(), work, item.cost().whole(), item.cost().last());
    waiting.put(item.id(), listed);
    tally(work).waits(listed);
  }

  /** Takes off what is found to be done, or of no use, unless it is under way or over. */
  public void settle(String id) {
    Listed listed = waiting.remove(id);
    if (listed != null) {
      tally(listed.work()).forgets(listed);
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
  Listed handOver(String id) {
    Listed listed = waiting.remove(id);
    tally(listed.work()).handsOver(listed);
    return listed;
  }

  /** Notes that a piece of work is done. */
  void done(Listed listed) {
    tally(listed.work()).finishes();
    agenda.done(listed.item());
  }

  /** Notes that a piece of work has failed, and tells the stages of all that needed it. */
  void fail(Listed listed, String error) {
    tally(listed.work()).fails();
    for (String dropped : agenda.fail(listed.item())) {
      Listed without = waiting.remove(dropped);
      tally(without.work()).forgets(without);
      tally(without.work()).drops();
      if (without.work() instanceof Work.Trained training) {
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
