package org.distillgrid.jobs.fleet.agenda;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Items that are ready and may be handed out together, those that share a cost apart from the
 * others.
 */
final class Company {
  private final Comparator<Entry> order;
  private final NavigableSet<Entry> sharing;
  private final NavigableSet<Entry> plain;

  Company(Comparator<Entry> order) {
    this.order = order;
    this.sharing = new TreeSet<>(order);
    this.plain = new TreeSet<>(order);
  }

  boolean isEmpty() {
    return sharing.isEmpty() && plain.isEmpty();
  }

  void add(Entry entry) {
    ofKind(entry).add(entry);
  }

  void remove(Entry entry) {
    ofKind(entry).remove(entry);
  }

  /** Returns the item that goes first. */
  Entry head() {
    if (sharing.isEmpty()) {
      return plain.first();
    }
    if (plain.isEmpty() || order.compare(sharing.first(), plain.first()) < 0) {
      return sharing.first();
    }
    return plain.first();
  }

  /**
   * Takes the head and as many others as fit, first those that share a cost as the head does.
   *
   * @param budget what all of them may take, each by itself; the head is taken however long it is
   * @param most how many they may be
   */
  List<Entry> take(double budget, int most) {
    Entry head = head();
    List<Entry> taken = new ArrayList<>(List.of(head));
    remove(head);
    List<NavigableSet<Entry>> inTurn = List.of(plain, sharing);
    if (head.item().cost().shared() > 0) {
      inTurn = List.of(sharing, plain);
    }
    double sum = head.item().cost().own();
    for (NavigableSet<Entry> set : inTurn) {
      sum = fill(taken, set, sum, budget, most);
    }
    return taken;
  }

  private double fill(
      List<Entry> taken, NavigableSet<Entry> from, double before, double budget, int most) {
    double sum = before;
    while (taken.size() < most && !from.isEmpty()) {
      Entry next = from.first();
      double own = next.item().cost().own();
      // The nearest is taken, so that what does not divide evenly is not left over.
      if (sum + own / 2 > budget) {
        break;
      }
      sum += own;
      remove(next);
      taken.add(next);
    }
    return sum;
  }

  private NavigableSet<Entry> ofKind(Entry entry) {
    if (entry.item().cost().shared() > 0) {
      return sharing;
    }
    return plain;
  }
}
