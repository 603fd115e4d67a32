package org.distillgrid.kd.nn.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.distillgrid.kd.nn.FlatTensors;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.Shifted;
import org.distillgrid.kd.weights.HostTensor;

/**
 * Adam and AdamW on the flat buffer of a parameter set, with epsilon 1e-8 and PyTorch's order of
 * operations; see {@link Optimizer}.
 */
public final class Adam implements AutoCloseable {
  private static final double EPSILON = 1e-8;
  private static final NDIndex ALL = new NDIndex(":");

  private final ParameterSet parameters;
  private final Optimizer optimizer;
  private final NDManager manager;
  private final NDArray mean;
  private final NDArray variance;
  // Absent where no weight decays.
  private final Optional<NDArray> learned;

  /**
   * Starts with moments of zero and the standard constants.
   *
   * @param parameters an open set, which stays its owner's to close
   */
  public Adam(ParameterSet parameters, NDManager parent) {
    this(parameters, Optimizer.STANDARD, parent);
  }

  /**
   * Starts with moments of zero.
   *
   * @param parameters an open set, which stays its owner's to close
   */
  public Adam(ParameterSet parameters, Optimizer optimizer, NDManager parent) {
    this.parameters = parameters;
    this.optimizer = optimizer;
    this.manager = parent.newSubManager();
    this.mean = manager.zeros(parameters.flat().getShape());
    this.variance = manager.zeros(parameters.flat().getShape());
    this.learned =
        Optional.of(optimizer)
            .filter(decaying -> decaying.weightDecay() > 0)
            .map(decaying -> parameters.learnedMask(manager));
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
    NDArray descended = decayed(rate, gradient, step);
    double beta1 = optimizer.beta1();
    double beta2 = optimizer.beta2();
    Scaled.inPlace(beta1, mean).addi(Scaled.by(1 - beta1, descended));
    Scaled.inPlace(beta2, variance).addi(Scaled.inPlace(1 - beta2, descended.square()));
    double correction1 = 1 - Math.pow(beta1, (double) update);
    double correction2 = 1 - Math.pow(beta2, (double) update);
    NDArray root = variance.sqrt();
    root.attach(step);
    NDArray denominator = Shifted.by(EPSILON, Scaled.over(Math.sqrt(correction2), root));
    NDArray move = mean.div(denominator);
    move.attach(step);
    parameters.flat().subi(Scaled.inPlace(rate / correction1, move));
    parameters.clearGradient();
  }

  private NDArray decayed(double rate, NDArray gradient, NDManager step) {
    if (learned.isEmpty()) {
      return gradient;
    }
    // What a network observes, its running means say, is no weight.
    NDArray pull = parameters.flat().mul(learned.get());
    pull.attach(step);
    Scaled.inPlace(optimizer.weightDecay(), pull);
    return switch (optimizer.kind()) {
      case ADAM -> gradient.add(pull);
      case ADAMW -> {
        parameters.flat().subi(Scaled.inPlace(rate, pull));
        yield gradient;
      }
    };
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
