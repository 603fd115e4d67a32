package org.distillgrid.jobs.fleet.agenda;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The items whose needs are met, company by company, in the order in which they go. */
final class ReadyItems {
  private final Comparator<Entry> order;
  private final Map<String, Company> companies = new HashMap<>();
  private final NavigableMap<Entry, Company> byHead;
  private double cost;

  ReadyItems(int slots) {
    this.order =
        Comparator.comparingInt((Entry entry) -> rank(entry, slots))
            .thenComparing(Comparator.comparingDouble(Entry::path).reversed())
            .thenComparingInt(Entry::number);
    this.byHead = new TreeMap<>(order);
  }

  // One slot wins nothing by an order: what others wait for goes first there, so that all trials
  // of a seed are ready when the first of them starts, and share one cohort.
  private static int rank(Entry entry, int slots) {
    if (entry.item().turn() == Turn.FIRST) {
      return 0;
    }
    if (slots == 1 && entry.isNeeded()) {
      return 1;
    }
    return 2;
  }

  /** Returns the item that goes first, if there is one. */
  Optional<Entry> first() {
    return Optional.ofNullable(byHead.firstEntry()).map(Map.Entry::getKey);
  }

  /** Returns what its items take, each by itself. */
  double cost() {
    return cost;
  }

  void add(Entry entry) {
    Company company = companies.computeIfAbsent(key(entry), any -> new Company(order));
    change(company, () -> company.add(entry));
    cost += entry.item().cost().own();
  }

  void remove(Entry entry) {
    Company company = companies.get(key(entry));
    if (company != null) {
      change(company, () -> company.remove(entry));
      cost -= entry.item().cost().own();
      forget(key(entry), company);
    }
  }

  /**
   * Takes the item that goes first, and those of its company that go with it.
   *
   * @param budget what they may take
   * @param most how many they may be
   */
  List<Entry> take(double budget, int most) {
    Map.Entry<Entry, Company> first = byHead.pollFirstEntry();
    Company company = first.getValue();
    List<Entry> taken = company.take(budget, most);
    taken.forEach(entry -> cost -= entry.item().cost().own());
    if (!company.isEmpty()) {
      byHead.put(company.head(), company);
    }
    forget(key(first.getKey()), company);
    return taken;
  }

  private void change(Company company, Runnable change) {
    if (!company.isEmpty()) {
      byHead.remove(company.head());
    }
    change.run();
    if (!company.isEmpty()) {
      byHead.put(company.head(), company);
    }
  }

  private void forget(String key, Company company) {
    if (company.isEmpty()) {
      companies.remove(key);
    }
  }

  // What stands alone is a company of its own.
  private static String key(Entry entry) {
    if (entry.item().company().isEmpty()) {
      return "alone " + entry.item().id();
    }
    return "together " + entry.item().company();
  }
}
