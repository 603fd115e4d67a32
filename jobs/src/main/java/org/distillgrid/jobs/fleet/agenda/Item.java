package org.distillgrid.jobs.fleet.agenda;

import java.util.Set;

/**
 * A piece of work.
 *
 * @param id sets it apart from all others
 * @param needs the ids of what has to be done before
 * @param cost an estimate
 * @param turn when it is handed out once its needs are met
 * @param company items of one company may be handed out together; empty for what stands alone
 */
public record Item(String id, Set<String> needs, Cost cost, Turn turn, String company) {
  /** Takes an unmodifiable copy. */
  public Item {
    needs = Set.copyOf(needs);
  }

  /** Returns an item that stands alone and goes by its length. */
  public static Item of(String id, Set<String> needs, Cost cost) {
    return new Item(id, needs, cost, Turn.LONGEST_FIRST, "");
  }
}
