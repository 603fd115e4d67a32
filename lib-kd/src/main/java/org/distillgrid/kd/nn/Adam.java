package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.distillgrid.kd.weights.HostTensor;

/**
 * Adam on the flat buffer of a parameter set (Kingma and Ba, arXiv 1412.6980), with the betas (0.9,
 * 0.99) of the field, epsilon 1e-8, and PyTorch's order of operations.
 */
public final class Adam implements AutoCloseable {
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.99;
  private static final double EPSILON = 1e-8;
  private static final NDIndex ALL = new NDIndex(":");

  private final ParameterSet parameters;
  private final NDManager manager;
  private final NDArray mean;
  private final NDArray variance;

  /**
   * Starts with moments of zero.
   *
   * @param parameters an open set, which stays its owner's to close
   */
  public Adam(ParameterSet parameters, NDManager parent) {
    this.parameters = parameters;
    this.manager = parent.newSubManager();
    this.mean = manager.zeros(parameters.flat().getShape());
    this.variance = manager.zeros(parameters.flat().getShape());
  }

  /**
   * Moves the parameters against their gradients and clears these.
   *
   * @param update counted from 1
   * @param rate the learning rate
   */
  public void update(long update, double rate, NDManager step) {
    update(update, rate, parameters.gradient(step), step);
  }

  /**
   * Moves the parameters against a gradient made of their own, a clipped one say, and clears these.
   *
   * @param update counted from 1
   * @param rate the learning rate
   * @param gradient in the layout of the flat buffer
   */
  public void update(long update, double rate, NDArray gradient, NDManager step) {
    Scaled.inPlace(BETA_1, mean).addi(Scaled.by(1 - BETA_1, gradient));
    Scaled.inPlace(BETA_2, variance).addi(Scaled.inPlace(1 - BETA_2, gradient.square()));
    double correction1 = 1 - Math.pow(BETA_1, (double) update);
    double correction2 = 1 - Math.pow(BETA_2, (double) update);
    NDArray root = variance.sqrt();
    root.attach(step);
    NDArray denominator = Shifted.by(EPSILON, Scaled.over(Math.sqrt(correction2), root));
    NDArray move = mean.div(denominator);
    move.attach(step);
    parameters.flat().subi(Scaled.inPlace(rate / correction1, move));
    parameters.clearGradient();
  }

  /**
   * Does some work while the parameters are as an update would leave them. Parameters and moments
   * are as before afterwards; gradients are cleared.
   *
   * @param update counted from 1
   * @param rate the learning rate
   * @param gradient in the layout of the flat buffer
   */
  public <T> T imagined(
      long update, double rate, NDArray gradient, NDManager step, Supplier<T> work) {
    try (NDManager scratch = step.newSubManager()) {
      NDArray values = copy(parameters.flat(), scratch);
      NDArray firstMoment = copy(mean, scratch);
      NDArray secondMoment = copy(variance, scratch);
      try {
        update(update, rate, gradient, scratch);
        return work.get();
      } finally {
        parameters.overwrite(values);
        mean.set(ALL, firstMoment);
        variance.set(ALL, secondMoment);
      }
    }
  }

  private static NDArray copy(NDArray buffer, NDManager into) {
    NDArray copy = buffer.duplicate();
    copy.attach(into);
    return copy;
  }

  /** Adds both moments to what a checkpoint holds. */
  public void export(String prefix, SortedMap<String, HostTensor> into) {
    into.put(prefix + ".mean", FlatTensors.export(mean));
    into.put(prefix + ".variance", FlatTensors.export(variance));
  }

  /** Takes back what {@link #export} gave. */
  public void restore(String prefix, SortedMap<String, HostTensor> from) {
    FlatTensors.restore(mean, from.get(prefix + ".mean"));
    FlatTensors.restore(variance, from.get(prefix + ".variance"));
  }

  @Override
  public void close() {
    manager.close();
  }
}
