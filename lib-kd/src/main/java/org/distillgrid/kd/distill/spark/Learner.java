package org.distillgrid.kd.distill.spark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.SortedMap;
import org.distillgrid.kd.nn.FlatTensors;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.nn.optimizer.Adam;
import org.distillgrid.kd.nn.optimizer.GradientBound;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.weights.HostTensor;

/** How policy and value network learn: by Adam, the gradient's norm clipped. */
final class Learner implements AutoCloseable {
  private final String name;
  private final ParameterSet parameters;
  private final Adam adam;
  private final double rate;
  private final double norm;

  /**
   * Makes one.
   *
   * @param name under which a checkpoint holds it
   * @param parameters what it moves
   */
  Learner(String name, ParameterSet parameters, OptionValues values, NDManager manager) {
    this.name = name;
    this.parameters = parameters;
    this.adam = new Adam(parameters, manager);
    this.rate = values.number("rate");
    this.norm = values.number("norm");
  }

  /**
   * Takes a step along the gradient that is there.
   *
   * @param update how often it has, this time included
   */
  void update(long update, NDManager scratch) {
    List<NDArray> gradient = List.of(parameters.gradient(scratch));
    adam.update(update, rate, GradientBound.under(norm, gradient).get(0), scratch);
  }

  void export(SortedMap<String, HostTensor> state) {
    state.put(values(), FlatTensors.export(parameters.flat()));
    adam.export(name, state);
  }

  void restore(SortedMap<String, HostTensor> state) {
    parameters.overwrite(state.get(values()).values());
    adam.restore(name, state);
  }

  private String values() {
    return name + ".values";
  }

  @Override
  public void close() {
    adam.close();
  }
}
