package org.distillgrid.kd.distill.spark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import org.distillgrid.kd.distill.Aliases;
import org.distillgrid.kd.distill.spark.map.MapDistribution;
import org.distillgrid.kd.distill.spark.map.MapParameters;
import org.distillgrid.kd.nn.Clipped;
import org.distillgrid.kd.nn.Initializer;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.registry.OptionValues;

/**
 * The policy: convolutions that give a number a cell, and one ln σ, which is learned or follows the
 * steps. Source: the convolutions known, see {@link SignalStack}; σ reconstructed.
 */
final class Policy implements AutoCloseable {
  private final ParameterSet parameters = new ParameterSet();
  private final SignalStack stack;
  private final Parameter logSigma;
  private final float leastLogSigma;
  private final float mostLogSigma;
  private final float firstLogSigma;
  // Steps in which σ falls to its least; 0 where it is learned.
  private final long annealed;

  /**
   * Makes one.
   *
   * @param steps of the student's training
   */
  Policy(
      OptionValues values,
      MapDistribution distribution,
      long steps,
      Draws draws,
      NDManager manager) {
    leastLogSigma = (float) Math.log(values.number("sigmaLeast"));
    mostLogSigma = (float) Math.log(values.number("sigmaMost"));
    LayerFactory layers =
        LayerFactory.into(parameters, new ArrayList<>(), draws).under("spark policy");
    stack = SignalStack.of(values, layers);
    firstLogSigma = within((float) Math.log(values.number("sigma")));
    annealed = SparkOptions.annealed(values, steps);
    logSigma = logSigma(layers, distribution.hasSigma() && annealed == 0);
    parameters.open(manager).trainable();
  }

  private float within(float value) {
    return Math.max(leastLogSigma, Math.min(mostLogSigma, value));
  }

  private Parameter logSigma(LayerFactory layers, boolean learned) {
    Initializer initializer = Initializer.constant(firstLogSigma);
    if (learned) {
      return layers.parameter("log_sigma", new Shape(1), initializer);
    }
    return layers.statistic("log_sigma", new Shape(1), initializer);
  }

  ParameterSet parameters() {
    return parameters;
  }

  /**
   * Returns the parameters of the maps to draw, in the signals' manager.
   *
   * @param signals each in [0, 1], N×4×G×G
   */
  MapParameters read(NDArray signals) {
    return new MapParameters(stack.read(signals), logSigma.in(signals.getManager()));
  }

  /** Sets σ where it follows the steps: ln σ falls evenly to its least. */
  void beginStep(long step, NDManager scratch) {
    if (annealed > 0) {
      double done = Math.min(1, (double) step / (double) annealed);
      double value = firstLogSigma + done * ((double) leastLogSigma - firstLogSigma);
      flat(scratch).set(new NDIndex("{}:", sigmaPlace()), (float) value);
    }
  }

  private long sigmaPlace() {
    return parameters.elements() - 1;
  }

  /**
   * Brings ln σ back into its bounds after an update. A clamp within the network would have no
   * gradient beyond them, and σ could never come back.
   */
  void boundSigma(NDManager scratch) {
    NDIndex index = new NDIndex("{}:", sigmaPlace());
    NDArray flat = flat(scratch);
    flat.set(index, Clipped.between(leastLogSigma, mostLogSigma, flat.get(index)));
  }

  // Shares the buffer's storage; what indexing makes belongs to the scratch manager with it.
  private NDArray flat(NDManager scratch) {
    return Aliases.in(scratch, parameters.flat());
  }

  @Override
  public void close() {
    parameters.close();
  }
}
