package org.distillgrid.kd.distill.spark;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.distillgrid.kd.nn.FlatTensors;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.nn.optimizer.Adam;
import org.distillgrid.kd.nn.optimizer.GradientBound;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.weights.HostTensor;

/**
 * A value network: what the signals of an image, or of each of its cells, let expect of a map,
 * whatever the map is. What it expects is taken off the advantage before the policy learns by it.
 * It has the policy's layers and rate, and learns by the mean squared error. Source: actor and
 * critic known; here ours.
 */
final class Critic implements AutoCloseable {
  private static final String VALUES = "critic.values";
  private static final String ADAM = "critic";

  private final ParameterSet parameters = new ParameterSet();
  private final SignalStack stack;
  private final Adam adam;
  private final double rate;
  private final double norm;

  Critic(OptionValues values, Draws draws, NDManager manager) {
    LayerFactory layers = LayerFactory.into(parameters, new ArrayList<>(), draws);
    stack = SignalStack.of(values, layers.under("spark critic"));
    parameters.open(manager).trainable();
    adam = new Adam(parameters, manager);
    rate = values.number("rate");
    norm = values.number("norm");
  }

  /**
   * Returns what it expected, and learns what came.
   *
   * @param signals each in [0, 1], N×4×G×G
   * @param came what it should have expected, as many numbers as {@code shape} has
   * @param shape N×1×1×1 or N×1×G×G
   * @param update how often it has learned, this time included
   */
  float[] learn(NDArray signals, float[] came, Shape shape, long update, NDManager scratch) {
    NDArray target = Tensors.aligned(came, shape, scratch);
    float[] expected;
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray values = values(signals, shape);
      collector.backward(values.sub(target).square().mean());
      expected = HostValues.of(values.stopGradient());
    }
    List<NDArray> gradient = List.of(parameters.gradient(scratch));
    adam.update(update, rate, GradientBound.under(norm, gradient).get(0), scratch);
    return expected;
  }

  private NDArray values(NDArray signals, Shape shape) {
    NDArray cells = stack.read(signals);
    if (shape.equals(cells.getShape())) {
      return cells;
    }
    long count = shape.get(0);
    return cells.reshape(count, -1).mean(new int[] {1}, true).reshape(shape);
  }

  void export(SortedMap<String, HostTensor> state) {
    state.put(VALUES, FlatTensors.export(parameters.flat()));
    adam.export(ADAM, state);
  }

  void restore(SortedMap<String, HostTensor> state) {
    parameters.overwrite(state.get(VALUES).values());
    adam.restore(ADAM, state);
  }

  @Override
  public void close() {
    adam.close();
    parameters.close();
  }
}
