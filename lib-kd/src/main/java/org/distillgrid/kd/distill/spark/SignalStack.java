package org.distillgrid.kd.distill.spark;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.distillgrid.kd.difficulty.DifficultySignals;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.registry.OptionValues;

/**
 * Three convolutions over the signals with activations between them: one number a cell. Source: the
 * paper's sizes known ({@link Form#COMPACT}); the activations between reconstructed.
 */
record SignalStack(Conv2d first, Conv2d second, Conv2d last, Between between) {
  private static final int KERNEL = 3;
  private static final float LEAK = 0.1f;

  /** What lies between the convolutions. */
  enum Between {
    /** Can close for good, where rewards are mostly noise and the rate is high. */
    RELU {
      @Override
      NDArray of(NDArray features) {
        return Activation.relu(features);
      }
    },
    /** Lets a tenth through below 0. */
    LEAKY {
      @Override
      NDArray of(NDArray features) {
        return Activation.leakyRelu(features, LEAK);
      }
    };

    abstract NDArray of(NDArray features);
  }

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

  static SignalStack of(OptionValues values, LayerFactory layers) {
    int width = values.whole("width");
    Form form = values.choice("policy", Form.class);
    int inner = Math.max(1, width / form.narrowing);
    InputRange range = InputRange.NON_NEGATIVE;
    return new SignalStack(
        layers.conv("first", DifficultySignals.COUNT, width, KERNEL, range),
        layers.conv("second", width, inner, form.kernel, range),
        layers.conv("last", inner, 1, form.kernel, range),
        values.choice("activation", Between.class));
  }

  /**
   * Returns a number a cell, N×1×G×G.
   *
   * @param signals each in [0, 1], N×4×G×G
   */
  NDArray read(NDArray signals) {
    NDArray features = between.of(first.forward(signals));
    return last.forward(between.of(second.forward(features)));
  }
}
