package org.distillgrid.jobs.fleet.agenda;

import java.util.Set;

/**
 * A piece of work.
 *
 * @param id sets it apart from all others
 * @param needs the ids of what has to be done before
 * @param after the ids of what has to be over before, done or failed
 * @param cost an estimate
 * @param turn when it is handed out once its needs are met
 * @param company items of one company may be handed out together; empty for what stands alone
 */
public record Item(
    String id, Set<String> needs, Set<String> after, Cost cost, Turn turn, String company) {
  /** Takes unmodifiable copies. */
  public Item {
    needs = Set.copyOf(needs);
    after = Set.copyOf(after);
  }

  /** An item that waits for nothing but what it needs. */
  public Item(String id, Set<String> needs, Cost cost, Turn turn, String company) {
    this(id, needs, Set.of(), cost, turn, company);
  }

  /** Returns an item that stands alone and goes by its length. */
  public static Item of(String id, Set<String> needs, Cost cost) {
    return new Item(id, needs, cost, Turn.LONGEST_FIRST, "");
  }
}
