package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;

/**
 * Batch normalisation over N×C×H×W. Where it is trained (the gradient tape is on and its factor is
 * a leaf of it) it takes the statistics of the batch and lets the running ones follow; everywhere
 * else, in a frozen teacher too, it takes the running ones. Source: Ioffe and Szegedy, 2015.
 */
public final class BatchNorm {
  /** Added to the variance, as PyTorch's default. */
  public static final float EPSILON = 1e-5f;

  // The weight of the past, in DJL's sense: PyTorch's momentum of 0.1 is the weight of the new.
  private static final float KEPT = 0.9f;

  private final Parameter weight;
  private final Parameter bias;
  private final Parameter runningMean;
  private final Parameter runningVariance;

  /**
   * Makes the parameters as {@code weight} and {@code bias} and the statistics as {@code
   * running_mean} and {@code running_var}.
   *
   * @param layers makes them under its own prefix
   * @param width channels
   */
  public BatchNorm(LayerFactory layers, int width) {
    Shape shape = new Shape(width);
    weight = layers.parameter("weight", shape, Initializer.constant(1));
    bias = layers.parameter("bias", shape, Initializer.constant(0));
    runningMean = layers.statistic("running_mean", shape, Initializer.constant(0));
    runningVariance = layers.statistic("running_var", shape, Initializer.constant(1));
  }

  /** Returns the normalised features, in the input's manager. */
  public NDArray forward(NDArray input) {
    if (input instanceof RecordedTensor recorded) {
      return recorded.normalized(
          runningMean.array(), runningVariance.array(), weight.array(), bias.array(), EPSILON);
    }
    boolean trained = JniUtils.isGradMode() && weight.array().hasGradient();
    return ai.djl.nn.norm.BatchNorm.batchNorm(
            input,
            runningMean.array(),
            runningVariance.array(),
            weight.array(),
            bias.array(),
            1,
            KEPT,
            EPSILON,
            trained)
        .singletonOrThrow();
  }
}
