package org.distillgrid.kd.weights.torch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.distillgrid.kd.weights.Problem;

/** What a pickle machine works on: values, marks among them, and values kept under a number. */
final class PickleStack {
  // Checkpoints of large networks have some 100,000; a file of millions is made to fill the heap.
  private static final int MOST_VALUES = 1 << 21;

  private final Problem problem;
  private final List<PickleValue> values = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private final Map<Long, PickleValue> memo = new HashMap<>();
  private int made;

  PickleStack(Problem problem) {
    this.problem = problem;
  }

  /** Counts values that come into being, copies included. */
  void charge(int count) {
    made += count;
    if (made > MOST_VALUES) {
      throw problem.damaged("its pickle makes more than " + MOST_VALUES + " values");
    }
  }

  void push(PickleValue value) {
    charge(1);
    values.add(value);
  }

  /** Returns the topmost value and leaves it. */
  PickleValue top() {
    requireValue();
    return values.get(values.size() - 1);
  }

  /** Takes the topmost value. */
  PickleValue pop() {
    requireValue();
    return values.remove(values.size() - 1);
  }

  void mark() {
    charge(1);
    marks.add(values.size());
  }

  /** Takes all values above the last mark, and the mark. */
  List<PickleValue> popToMark() {
    if (marks.isEmpty()) {
      throw problem.damaged("its pickle takes what is not there");
    }
    int mark = marks.remove(marks.size() - 1);
    List<PickleValue> above = values.subList(mark, values.size());
    charge(above.size());
    List<PickleValue> taken = new ArrayList<>(above);
    above.clear();
    return taken;
  }

  /** Takes so many values. */
  List<PickleValue> pop(int count) {
    List<PickleValue> taken = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      taken.add(0, pop());
    }
    return taken;
  }

  /** Keeps the topmost value under a number. */
  void remember(long number) {
    charge(1);
    memo.put(number, top());
  }

  /** Keeps the topmost value under the next number. */
  void remember() {
    remember(memo.size());
  }

  /** Pushes the value kept under a number. */
  void recall(long number) {
    PickleValue value = memo.get(number);
    if (value == null) {
      throw problem.damaged("its pickle takes what is not there");
    }
    push(value);
  }

  // No operation may reach below the last mark.
  private void requireValue() {
    int floor = 0;
    if (!marks.isEmpty()) {
      floor = marks.get(marks.size() - 1);
    }
    if (values.size() <= floor) {
      throw problem.damaged("its pickle takes what is not there");
    }
  }
}
