package org.distillgrid.kd.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.distillgrid.kd.nn.FlatTensors;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.weights.HostTensor;

/**
 * The exponential moving average of a parameter set, which is what is evaluated. The decay rises as
 * (1 + n)/(10 + n) to its final value, so that a short run forgets where it started.
 */
public final class MovingAverage implements AutoCloseable {
  private final ParameterSet parameters;
  private final double decay;
  private final NDManager manager;
  private final NDArray average;

  MovingAverage(ParameterSet parameters, double decay, NDManager parent) {
    this.parameters = parameters;
    this.decay = decay;
    this.manager = parent.newSubManager();
    this.average = parameters.flat().duplicate();
    this.average.attach(manager);
  }

  /**
   * Takes in the parameters after an update.
   *
   * @param update counted from 1
   */
  void update(long update, NDManager step) {
    double kept = Math.min(decay, (1.0 + update) / (10.0 + update));
    NDArray share = Scaled.by(1 - kept, parameters.flat());
    share.attach(step);
    Scaled.inPlace(kept, average).addi(share);
  }

  /** Returns the average in the layout of the parameters' flat buffer; it stays this one's. */
  NDArray flat() {
    return average;
  }

  /** Copies the average to the host, by parameter. */
  SortedMap<String, HostTensor> tensors() {
    return parameters.export(HostValues.of(average));
  }

  /** Does some work while the parameters hold their average. */
  public <T> T inPlace(Supplier<T> work) {
    try (NDManager scratch = manager.newSubManager()) {
      NDArray current = parameters.flat().duplicate();
      current.attach(scratch);
      parameters.overwrite(average);
      try {
        return work.get();
      } finally {
        parameters.overwrite(current);
      }
    }
  }

  void export(String prefix, SortedMap<String, HostTensor> into) {
    into.put(prefix + ".average", FlatTensors.export(average));
  }

  void restore(String prefix, SortedMap<String, HostTensor> from) {
    FlatTensors.restore(average, from.get(prefix + ".average"));
  }

  @Override
  public void close() {
    manager.close();
  }
}
