package org.distillgrid.kd.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.weights.HostTensor;

/** What the steps of a trial move, each set with its optimiser and its average. */
final class TrainedSets {
  private final NDManager manager;
  private final double decay;
  private final List<Updated> sets = new ArrayList<>();

  /**
   * Starts without sets.
   *
   * @param decay of their moving averages
   * @param manager owns what is kept of them
   */
  TrainedSets(double decay, NDManager manager) {
    this.decay = decay;
    this.manager = manager;
  }

  /**
   * Adds a set, whose parameters become leaves of the gradient tape.
   *
   * @param name tells its tensors from others' in a checkpoint
   * @param rateFactor its learning rate over the schedule's
   */
  void add(String name, ParameterSet parameters, double rateFactor) {
    sets.add(new Updated(name, parameters, rateFactor, decay, manager));
  }

  /** Returns the averages of the sets so far. */
  List<MovingAverage> averages() {
    return sets.stream().map(Updated::average).toList();
  }

  /** Returns every set's gradient as it is now, copies in the manager of a step. */
  List<NDArray> gradients(NDManager step) {
    return sets.stream().map(set -> set.gradient(step)).toList();
  }

  /**
   * Moves every set by its gradient.
   *
   * @param update counted from 1
   */
  void update(long update, double rate, List<NDArray> gradients, NDManager step) {
    for (int i = 0; i < sets.size(); i++) {
      sets.get(i).update(update, rate, gradients.get(i), step);
    }
  }

  /**
   * Does some work while all parameters are as an update by other gradients would leave them; all
   * is as before afterwards.
   *
   * @param update counted from 1
   */
  void imagined(long update, double rate, List<NDArray> gradients, NDManager step, Runnable work) {
    Supplier<Void> nested =
        () -> {
          work.run();
          return null;
        };
    for (int i = 0; i < sets.size(); i++) {
      Updated set = sets.get(i);
      NDArray gradient = gradients.get(i);
      Supplier<Void> inner = nested;
      nested = () -> set.imagined(update, rate, gradient, step, inner);
    }
    nested.get();
  }

  /** Does some work while all parameters hold their averages. */
  <T> T averaged(Supplier<T> work) {
    Supplier<T> nested = work;
    for (Updated set : sets) {
      Supplier<T> inner = nested;
      nested = () -> set.average().inPlace(inner);
    }
    return nested.get();
  }

  void export(SortedMap<String, HostTensor> into) {
    sets.forEach(set -> set.export(into));
  }

  void restore(SortedMap<String, HostTensor> from) {
    sets.forEach(set -> set.restore(from));
  }
}
