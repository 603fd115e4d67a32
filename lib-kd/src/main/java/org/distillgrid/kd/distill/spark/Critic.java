package org.distillgrid.kd.distill.spark;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.SortedMap;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.nn.Tensors;
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
  private final ParameterSet parameters = new ParameterSet();
  private final SignalStack stack;
  private final Learner learner;

  Critic(OptionValues values, Draws draws, NDManager manager) {
    LayerFactory layers = LayerFactory.into(parameters, new ArrayList<>(), draws);
    stack = SignalStack.of(values, layers.under("spark critic"));
    parameters.open(manager).trainable();
    learner = new Learner("critic", parameters, values, manager);
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
    learner.update(update, scratch);
    return expected;
  }

  private NDArray values(NDArray signals, Shape shape) {
    NDArray cells = stack.read(signals);
    if (shape.equals(cells.getShape())) {
      return cells;
    }
    return PerImage.mean(cells);
  }

  void export(SortedMap<String, HostTensor> state) {
    learner.export(state);
  }

  void restore(SortedMap<String, HostTensor> state) {
    learner.restore(state);
  }

  @Override
  public void close() {
    learner.close();
    parameters.close();
  }
}
