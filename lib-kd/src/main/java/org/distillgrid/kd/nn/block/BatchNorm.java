package org.distillgrid.kd.nn.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.Initializer;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.nn.RecordedTensor;

/**
 * Batch normalisation over N×C×H×W. Where it is trained (the gradient tape is on and its factor is
 * a leaf of it) it takes the statistics of the batch and lets the running ones follow; everywhere
 * else, in a frozen teacher too, it takes the running ones. Source: Ioffe and Szegedy, 2015.
 */
public final class BatchNorm {
  /**
   * The numbers that no checkpoint holds.
   *
   * @param epsilon added to the variance
   * @param momentum the weight of a new batch in the running statistics, in PyTorch's sense
   */
  public record Constants(float epsilon, float momentum) {
    /** PyTorch's defaults. */
    public static final Constants STANDARD = new Constants(1e-5f, 0.1f);
  }

  private final Constants constants;
  private final Parameter weight;
  private final Parameter bias;
  private final Parameter runningMean;
  private final Parameter runningVariance;

  /** Makes a layer with PyTorch's default constants. */
  public BatchNorm(LayerFactory layers, int width) {
    this(layers, width, Constants.STANDARD);
  }

  /**
   * Makes the parameters as {@code weight} and {@code bias} and the statistics as {@code
   * running_mean} and {@code running_var}.
   *
   * @param layers makes them under its own prefix
   * @param width channels
   */
  public BatchNorm(LayerFactory layers, int width, Constants constants) {
    this.constants = constants;
    Shape shape = new Shape(width);
    weight = layers.parameter("weight", shape, Initializer.constant(1));
    bias = layers.parameter("bias", shape, Initializer.constant(0));
    runningMean = layers.statistic("running_mean", shape, Initializer.constant(0));
    runningVariance = layers.statistic("running_var", shape, Initializer.constant(1));
  }

  private BatchNorm(BatchNorm other, Constants constants) {
    this.constants = constants;
    weight = other.weight;
    bias = other.bias;
    runningMean = other.runningMean;
    runningVariance = other.runningVariance;
  }

  /** Returns the same layer, its parameters shared, which leaves the running statistics alone. */
  public BatchNorm unobserved() {
    return new BatchNorm(this, new Constants(constants.epsilon(), 0));
  }

  /**
   * Returns the normalised features, in the input's manager. The running variance takes in the
   * batch's unbiased one, as in PyTorch.
   */
  public NDArray forward(NDArray input) {
    if (input instanceof RecordedTensor recorded) {
      return recorded.normalized(
          runningMean.array(),
          runningVariance.array(),
          weight.array(),
          bias.array(),
          constants.epsilon());
    }
    boolean trained = GradientMode.isOn() && weight.array().hasGradient();
    // DJL's own call swaps axes there and back, and moves its input to another manager meanwhile.
    return JniUtils.batchNorm(
        (PtNDArray) input,
        (PtNDArray) runningMean.array(),
        (PtNDArray) runningVariance.array(),
        (PtNDArray) weight.array(),
        (PtNDArray) bias.array(),
        trained,
        constants.momentum(),
        constants.epsilon());
  }
}
