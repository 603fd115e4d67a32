package org.distillgrid.jobs.fleet.agenda;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.distillgrid.jobs.fleet.agenda.Entry.State;

/**
 * Items and what they need, handed out to slots as soon as their needs are met. Whatever lies
 * before the longest chain of work goes first; items of one company that are ready are handed out
 * together, no more than leaves each slot its share of what is left, so that the last slots end at
 * about the same time. Nothing is looked at that is not concerned: an item costs nothing while it
 * waits.
 */
public final class Agenda {
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Deque<Entry> beside = new ArrayDeque<>();
  private final ReadyItems ready;
  private final Shares shares;
  private boolean isOpen;
  private int open;

  /**
   * Makes an empty agenda.
   *
   * @param slots how many may be at work at once, at least 1
   * @param largest the most items that are handed out together; 0 for no bound
   */
  public Agenda(int slots, int largest) {
    this.shares = new Shares(slots, largest);
    this.ready = new ReadyItems(slots);
  }

  /**
   * Returns the most items that are ever handed out together, of so many that nothing needs.
   *
   * @param slots how many may be at work at once, at least 1
   * @param largest the bound that was asked for; 0 for none
   */
  public static int mostTogether(int items, int slots, int largest) {
    return Shares.most(items, slots, largest);
  }

  /**
   * Adds an item; what it needs may be added later, but before anything is handed out.
   *
   * @throws IllegalStateException if there is an item of its id, or one was handed out already
   */
  public void add(Item item) {
    if (isOpen || entries.putIfAbsent(item.id(), new Entry(item, entries.size())) != null) {
      throw new IllegalStateException("Cannot add " + item.id() + " any more, or twice");
    }
    open++;
  }

  /** Returns whether everything is over. */
  public boolean isOver() {
    return open == 0;
  }

  /** Returns an item that takes no slot and whose needs are met, if there is one. */
  public Optional<String> nextBeside() {
    open();
    return Optional.ofNullable(beside.pollFirst()).map(this::handOut);
  }

  /**
   * Returns what a slot does next, if there is anything whose needs are met.
   *
   * @param free how many slots are free now, this one included
   */
  public Optional<List<String>> next(int free) {
    open();
    return ready
        .first()
        .map(head -> ready.take(shares.budget(head, ready.cost(), free), shares.most(head)))
        .map(taken -> taken.stream().map(this::handOut).toList());
  }

  /** Notes that an item is done: others may need it no longer. */
  public void done(String id) {
    Entry entry = entry(id);
    if (end(entry)) {
      entry.behind().forEach(this::meet);
    }
  }

  /**
   * Notes that an item will never be done.
   *
   * @return the ids of all that needed it, however indirectly; they are over too
   */
  public List<String> fail(String id) {
    List<Entry> over = new ArrayList<>();
    Deque<Entry> lost = new ArrayDeque<>(List.of(entry(id)));
    while (!lost.isEmpty()) {
      Entry entry = lost.removeFirst();
      if (end(entry)) {
        over.add(entry);
        lost.addAll(entry.dependents());
      }
    }
    over.forEach(entry -> entry.followers().forEach(this::meet));
    return over.stream().skip(1).map(entry -> entry.item().id()).toList();
  }

  private Entry entry(String id) {
    Entry entry = entries.get(id);
    if (entry == null) {
      throw new IllegalStateException("There is no item " + id);
    }
    return entry;
  }

  private String handOut(Entry entry) {
    entry.becomes(State.HANDED_OUT);
    shares.handedOut(entry);
    return entry.item().id();
  }

  /** Takes an item off, wherever it stands, and returns whether it was not over before. */
  private boolean end(Entry entry) {
    switch (entry.state()) {
      case WAITING -> {
        if (isOpen) {
          shares.handedOut(entry);
        }
      }
      case READY -> {
        shares.handedOut(entry);
        switch (entry.item().turn()) {
          case BESIDE -> beside.remove(entry);
          case FIRST, LONGEST_FIRST -> ready.remove(entry);
        }
      }
      case HANDED_OUT -> {}
      case OVER -> {
        return false;
      }
    }
    if (isOpen) {
      shares.over(entry);
    }
    entry.becomes(State.OVER);
    open--;
    return true;
  }

  private void meet(Entry dependent) {
    dependent.needIsMet();
    if (dependent.state() == State.WAITING && !dependent.hasOpenNeeds()) {
      makeReady(dependent);
    }
  }

  private void makeReady(Entry entry) {
    entry.becomes(State.READY);
    switch (entry.item().turn()) {
      case BESIDE -> beside.add(entry);
      case FIRST, LONGEST_FIRST -> ready.add(entry);
    }
  }

  private void open() {
    if (isOpen) {
      return;
    }
    isOpen = true;
    List<Entry> waiting =
        entries.values().stream().filter(entry -> entry.state() == State.WAITING).toList();
    for (Entry entry : waiting) {
      for (String need : entry.item().needs()) {
        Entry needed = entry(need);
        if (needed.state() != State.OVER) {
          entry.needs(needed);
        }
      }
      for (String earlier : entry.item().after()) {
        Entry followed = entry(earlier);
        if (followed.state() != State.OVER) {
          entry.follows(followed);
        }
      }
    }
    measure(waiting);
    waiting.forEach(shares::waits);
    waiting.stream().filter(entry -> !entry.hasOpenNeeds()).forEach(this::makeReady);
  }

  /** Tells every item how long the longest chain behind it is: the last of a chain first. */
  private void measure(List<Entry> waiting) {
    Map<Entry, Integer> behind = new HashMap<>();
    Map<Entry, List<Entry>> before = new HashMap<>();
    Deque<Entry> ends = new ArrayDeque<>();
    for (Entry entry : waiting) {
      List<Entry> all = entry.behind();
      behind.put(entry, all.size());
      all.forEach(later -> before.computeIfAbsent(later, any -> new ArrayList<>()).add(entry));
      if (all.isEmpty()) {
        ends.add(entry);
      }
    }
    int measured = 0;
    for (; !ends.isEmpty(); measured++) {
      Entry entry = ends.removeFirst();
      entry.liesBefore(entry.behind().stream().mapToDouble(Entry::path).max().orElse(0));
      for (Entry earlier : before.getOrDefault(entry, List.of())) {
        if (behind.merge(earlier, -1, Integer::sum) == 0) {
          ends.add(earlier);
        }
      }
    }
    if (measured < waiting.size()) {
      throw new IllegalStateException("Items need each other in a circle");
    }
  }
}
