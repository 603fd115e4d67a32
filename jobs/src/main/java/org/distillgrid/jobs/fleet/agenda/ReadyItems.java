package org.distillgrid.jobs.fleet.agenda;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The items whose needs are met, company by company, in the order in which they go. */
final class ReadyItems {
  private final Comparator<Entry> order;
  private final Map<String, Company> companies = new HashMap<>();
  private final NavigableMap<Entry, Company> byHead;

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

  boolean isEmpty() {
    return byHead.isEmpty();
  }

  void add(Entry entry) {
    Company company = companies.computeIfAbsent(key(entry), any -> new Company(order));
    change(company, () -> company.add(entry));
  }

  void remove(Entry entry) {
    Company company = companies.get(key(entry));
    if (company != null) {
      change(company, () -> company.remove(entry));
      forget(key(entry), company);
    }
  }

  /**
   * Takes the item that goes first, and those of its company that go with it.
   *
   * @param budget what they may take, by their company
   * @param most how many they may be
   */
  List<Entry> take(ToDoubleFunction<Company> budget, int most) {
    Map.Entry<Entry, Company> first = byHead.pollFirstEntry();
    Company company = first.getValue();
    List<Entry> taken = company.take(budget.applyAsDouble(company), most);
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
