package org.distillgrid.kd.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.distillgrid.kd.nn.FlatTensors;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.nn.optimizer.Adam;
import org.distillgrid.kd.nn.optimizer.Optimizer;
import org.distillgrid.kd.weights.HostTensor;

/** One parameter set with the optimiser and the average that go with it. */
final class Updated {
  private final String name;
  private final ParameterSet parameters;
  private final double rateFactor;
  private final Adam adam;
  private final MovingAverage average;

  /**
   * Makes the parameters leaves of the gradient tape.
   *
   * @param name tells this set's tensors from others' in a checkpoint
   * @param rateFactor its learning rate over the schedule's
   * @param decay of its moving average
   * @param manager owns what is kept of it
   */
  Updated(
      String name,
      ParameterSet parameters,
      double rateFactor,
      Optimizer optimizer,
      double decay,
      NDManager manager) {
    this.name = name;
    this.parameters = parameters;
    this.rateFactor = rateFactor;
    this.adam = new Adam(parameters, optimizer, manager);
    this.average = new MovingAverage(parameters, decay, manager);
    parameters.trainable();
  }

  MovingAverage average() {
    return average;
  }

  /** Moves it against a gradient that was taken before, and the average with it. */
  void update(long update, double rate, NDArray gradient, NDManager step) {
    adam.update(update, rate * rateFactor, gradient, step);
    average.update(update, step);
  }

  /** Returns the gradient as it is now, a copy in the manager of a step. */
  NDArray gradient(NDManager step) {
    return parameters.gradient(step);
  }

  /**
   * Does some work while the parameters are as an update by a gradient would leave them; all is as
   * before afterwards.
   */
  <T> T imagined(long update, double rate, NDArray gradient, NDManager step, Supplier<T> work) {
    return adam.imagined(update, rate * rateFactor, gradient, step, work);
  }

  void export(SortedMap<String, HostTensor> into) {
    into.put(name + ".values", FlatTensors.export(parameters.flat()));
    adam.export(name, into);
    average.export(name, into);
  }

  void restore(SortedMap<String, HostTensor> from) {
    parameters.overwrite(from.get(name + ".values").values());
    adam.restore(name, from);
    average.restore(name, from);
  }
}
