package org.distillgrid.kd.distill.spark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import org.distillgrid.kd.difficulty.DifficultySignals;
import org.distillgrid.kd.distill.Aliases;
import org.distillgrid.kd.nn.Clipped;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.Initializer;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.registry.OptionValues;

/**
 * The policy: three convolutions, ReLU between them, and one learned ln σ. Source: the paper's
 * sizes known ({@link Form#COMPACT}); the activations between and σ reconstructed.
 */
final class Policy implements AutoCloseable {
  private static final int KERNEL = 3;

  /** The sizes of the convolutions, w being the first one's channels. */
  enum Form {
    /** 3×3 4→w, 1×1 w→w/2, 1×1 w/2→1. Known, with w = 16. */
    COMPACT(1, 2),
    /** 3×3 4→w, 3×3 w→w, 3×3 w→1: the first version's. Reconstructed. */
    WIDE(KERNEL, 1);

    private final int kernel;
    private final int narrowing;

    Form(int kernel, int narrowing) {
      this.kernel = kernel;
      this.narrowing = narrowing;
    }
  }

  private final ParameterSet parameters = new ParameterSet();
  private final Conv2d first;
  private final Conv2d second;
  private final Conv2d last;
  private final Parameter logSigma;
  private final float leastLogSigma;
  private final float mostLogSigma;

  Policy(OptionValues values, MapDistribution distribution, Draws draws, NDManager manager) {
    leastLogSigma = (float) Math.log(values.number("sigmaLeast"));
    mostLogSigma = (float) Math.log(values.number("sigmaMost"));
    int width = values.whole("width");
    LayerFactory layers =
        LayerFactory.into(parameters, new ArrayList<>(), draws).under("spark policy");
    first = layers.conv("first", DifficultySignals.COUNT, width, KERNEL, InputRange.NON_NEGATIVE);
    Form form = values.choice("policy", Form.class);
    int inner = Math.max(1, width / form.narrowing);
    second = layers.conv("second", width, inner, form.kernel, InputRange.NON_NEGATIVE);
    last = layers.conv("last", inner, 1, form.kernel, InputRange.NON_NEGATIVE);
    logSigma = logSigma(layers, distribution, Math.log(values.number("sigma")));
    parameters.open(manager).trainable();
  }

  private Parameter logSigma(LayerFactory layers, MapDistribution distribution, double value) {
    float within = Math.max(leastLogSigma, Math.min(mostLogSigma, (float) value));
    Initializer initializer = Initializer.constant(within);
    if (distribution.hasSigma()) {
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
    NDArray features = Activation.relu(first.forward(signals));
    features = Activation.relu(second.forward(features));
    return new MapParameters(last.forward(features), logSigma.in(signals.getManager()));
  }

  /**
   * Brings ln σ back into its bounds after an update. A clamp within the network would have no
   * gradient beyond them, and σ could never come back.
   */
  void boundSigma(NDManager scratch) {
    long place = parameters.elements() - 1;
    NDIndex index = new NDIndex("{}:", place);
    // Shares the buffer's storage; what indexing makes belongs to the scratch manager with it.
    NDArray flat = Aliases.in(scratch, parameters.flat());
    flat.set(index, Clipped.between(leastLogSigma, mostLogSigma, flat.get(index)));
  }

  @Override
  public void close() {
    parameters.close();
  }
}
