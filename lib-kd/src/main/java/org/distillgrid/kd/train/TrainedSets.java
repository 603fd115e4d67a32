package org.distillgrid.kd.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.nn.optimizer.GradientBound;
import org.distillgrid.kd.nn.optimizer.Optimizer;
import org.distillgrid.kd.train.recipe.Descent;
import org.distillgrid.kd.weights.HostTensor;

/** What the steps of a training move, each set with its optimiser and its average. */
public final class TrainedSets {
  private final NDManager manager;
  private final Descent descent;
  private final double decay;
  private final List<Updated> sets = new ArrayList<>();

  /**
   * Starts without sets.
   *
   * @param schedule says by which rule they are moved, and how their averages decay
   * @param manager owns what is kept of them
   */
  public TrainedSets(Schedule schedule, NDManager manager) {
    this.descent = schedule.descent();
    this.decay = schedule.ema();
    this.manager = manager;
  }

  /**
   * Adds a set, whose parameters become leaves of the gradient tape.
   *
   * @param name tells its tensors from others' in a checkpoint
   */
  public void add(String name, ParameterSet parameters) {
    add(name, parameters, 1, descent.optimizer());
  }

  /**
   * Adds the scales of quantisers, which no decay of weights draws to zero.
   *
   * @param name tells its tensors from others' in a checkpoint
   * @param rateFactor its learning rate over the schedule's
   */
  void addScales(String name, ParameterSet parameters, double rateFactor) {
    add(name, parameters, rateFactor, descent.optimizer().withoutDecay());
  }

  private void add(String name, ParameterSet parameters, double rateFactor, Optimizer optimizer) {
    sets.add(new Updated(name, parameters, rateFactor, optimizer, decay, manager));
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
  public void update(long update, double rate, NDManager step) {
    update(update, rate, gradients(step), step);
  }

  /**
   * Moves every set by a gradient that was taken before.
   *
   * @param update counted from 1
   */
  void update(long update, double rate, List<NDArray> gradients, NDManager step) {
    List<NDArray> bounded = bounded(gradients);
    for (int i = 0; i < sets.size(); i++) {
      sets.get(i).update(update, rate, bounded.get(i), step);
    }
  }

  /**
   * Does some work while all parameters are as an update by other gradients would leave them; all
   * is as before afterwards.
   *
   * @param update counted from 1
   */
  void imagined(long update, double rate, List<NDArray> gradients, NDManager step, Runnable work) {
    List<NDArray> bounded = bounded(gradients);
    Supplier<Void> nested =
        () -> {
          work.run();
          return null;
        };
    for (int i = 0; i < sets.size(); i++) {
      Updated set = sets.get(i);
      NDArray gradient = bounded.get(i);
      Supplier<Void> inner = nested;
      nested = () -> set.imagined(update, rate, gradient, step, inner);
    }
    nested.get();
  }

  private List<NDArray> bounded(List<NDArray> gradients) {
    if (descent.clip() == 0 || gradients.isEmpty()) {
      return gradients;
    }
    return GradientBound.under(descent.clip(), gradients);
  }

  /** Does some work while all parameters hold their averages. */
  public <T> T averaged(Supplier<T> work) {
    Supplier<T> nested = work;
    for (Updated set : sets) {
      Supplier<T> inner = nested;
      nested = () -> set.average().inPlace(inner);
    }
    return nested.get();
  }

  /** Adds all that a resumed training needs of them to what a checkpoint holds. */
  public void export(SortedMap<String, HostTensor> into) {
    sets.forEach(set -> set.export(into));
  }

  /** Takes back what {@link #export} gave. */
  public void restore(SortedMap<String, HostTensor> from) {
    sets.forEach(set -> set.restore(from));
  }
}
