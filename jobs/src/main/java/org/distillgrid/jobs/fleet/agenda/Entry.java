package org.distillgrid.jobs.fleet.agenda;

import java.util.ArrayList;
import java.util.List;

/** An item on an agenda, with what the agenda knows of it. */
final class Entry {
  /** How far an item has come. */
  enum State {
    WAITING,
    READY,
    HANDED_OUT,
    OVER
  }

  private final Item item;
  private final int number;
  private final List<Entry> dependents = new ArrayList<>();
  private final List<Entry> followers = new ArrayList<>();
  private State state = State.WAITING;
  private int openNeeds;
  private double tail;

  Entry(Item item, int number) {
    this.item = item;
    this.number = number;
  }

  Item item() {
    return item;
  }

  /** Returns its place in the order in which items were added. */
  int number() {
    return number;
  }

  State state() {
    return state;
  }

  void becomes(State now) {
    state = now;
  }

  /** Returns what cannot be done if it fails. */
  List<Entry> dependents() {
    return dependents;
  }

  /** Returns what waits for its end, whatever that is. */
  List<Entry> followers() {
    return followers;
  }

  /** Returns all that waits for it. */
  List<Entry> behind() {
    List<Entry> behind = new ArrayList<>(dependents);
    behind.addAll(followers);
    return behind;
  }

  /** Lets it wait for another one to be done. */
  void needs(Entry other) {
    openNeeds++;
    other.dependents.add(this);
  }

  /** Lets it wait for another one to be over. */
  void follows(Entry other) {
    openNeeds++;
    other.followers.add(this);
  }

  boolean hasOpenNeeds() {
    return openNeeds > 0;
  }

  void needIsMet() {
    openNeeds--;
  }

  boolean isNeeded() {
    return !dependents.isEmpty();
  }

  /** Learns the length of the longest chain that it lies before. */
  void liesBefore(double longest) {
    tail = longest;
  }

  /** Returns the length of the longest chain of work that begins with it. */
  double path() {
    return item.cost().whole() + tail;
  }
}
