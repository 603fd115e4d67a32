package org.distillgrid.jobs.fleet.agenda;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/** Does the work of an agenda in no time: a slot takes what the items together cost. */
final class Simulation {
  private final Agenda agenda;
  private final int slots;
  private final double[] speeds;
  private final Map<String, Item> items = new HashMap<>();
  private final PriorityQueue<Ending> endings =
      new PriorityQueue<>((one, other) -> Double.compare(one.time, other.time));
  private final Map<String, Double> begun = new HashMap<>();
  private int cohorts;
  private double busy;

  private record Ending(double time, int slot, List<String> items) {}

  Simulation(int slots, int largest) {
    this.agenda = new Agenda(slots, largest);
    this.slots = slots;
    this.speeds = new double[slots];
    Arrays.fill(speeds, 1);
  }

  void add(Item item) {
    items.put(item.id(), item);
    agenda.add(item);
  }

  /** Lets a slot take more time for everything than the estimate says. */
  void slow(int slot, double factor) {
    speeds[slot] = factor;
  }

  /** Returns the time at which the last item ends. */
  double run() {
    Deque<Integer> free = new ArrayDeque<>();
    for (int slot = 0; slot < slots; slot++) {
      free.add(slot);
    }
    double now = 0;
    hand(free, now);
    while (!endings.isEmpty()) {
      Ending ending = endings.poll();
      now = ending.time;
      ending.items.forEach(agenda::done);
      free.add(ending.slot);
      while (!endings.isEmpty() && endings.peek().time <= now) {
        Ending too = endings.poll();
        too.items.forEach(agenda::done);
        free.add(too.slot);
      }
      hand(free, now);
    }
    if (!agenda.isOver()) {
      throw new IllegalStateException("Left over");
    }
    return now;
  }

  int cohorts() {
    return cohorts;
  }

  /** Returns the time that all slots have worked together, shared costs included. */
  double busy() {
    return busy;
  }

  double begun(String item) {
    return begun.get(item);
  }

  private void hand(Deque<Integer> free, double now) {
    while (!free.isEmpty()) {
      Optional<List<String>> next = agenda.next(free.size());
      if (next.isEmpty()) {
        return;
      }
      int slot = free.poll();
      double takes =
          next.get().stream().mapToDouble(id -> items.get(id).cost().own()).sum()
              + next.get().stream()
                  .mapToDouble(id -> items.get(id).cost().shared())
                  .max()
                  .orElse(0);
      next.get().forEach(id -> begun.put(id, now));
      endings.add(new Ending(now + takes * speeds[slot], slot, next.get()));
      busy += takes;
      cohorts++;
    }
  }
}
