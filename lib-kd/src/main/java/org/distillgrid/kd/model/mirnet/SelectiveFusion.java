package org.distillgrid.kd.model.mirnet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.ConvShape;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Scratch;
import org.distillgrid.kd.nn.block.AveragePool;
import org.distillgrid.kd.nn.block.ParametricRelu;

/**
 * Selective kernel feature fusion: the sum of features from several rows, each channel of each of
 * them with a weight that the means of all decide; the weights of a channel add up to 1. Source:
 * MIRNet (Zamir et al., ECCV 2020); layers are named as in its released code.
 */
final class SelectiveFusion {
  private static final int REDUCTION = 8;
  private static final int LEAST_INNER = 4;

  private final Conv2d squeeze;
  private final ParametricRelu activation;
  private final List<Conv2d> expansions = new ArrayList<>();

  /**
   * Makes the layers.
   *
   * @param layers makes them under its own prefix
   * @param width channels of each of the features
   * @param rows how many features there are
   */
  SelectiveFusion(LayerFactory layers, int width, int rows) {
    int inner = Math.max(width / REDUCTION, LEAST_INNER);
    squeeze = conv(layers, "conv_du.0", width, inner);
    activation = new ParametricRelu(layers.under("conv_du.1"), 1);
    for (int row = 0; row < rows; row++) {
      expansions.add(conv(layers, "fcs." + row, inner, width));
    }
  }

  private static Conv2d conv(LayerFactory layers, String name, int in, int out) {
    return layers.conv(name, ConvShape.same(in, out, 1).withoutBias(), InputRange.SIGNED);
  }

  /**
   * Returns the weighted sum, in the first one's manager.
   *
   * @param features of one size, N×C×H×W
   */
  NDArray forward(List<NDArray> features) {
    List<NDArray> others = features.subList(1, features.size());
    return Scratch.run(features.get(0), first -> fused(first, others));
  }

  // Results belong to the manager of the first operand: the others come second throughout.
  private NDArray fused(NDArray first, List<NDArray> others) {
    NDArray sum = first;
    for (NDArray other : others) {
      sum = sum.add(other);
    }
    NDList weights = weights(activation.forward(squeeze.forward(AveragePool.whole(sum))));
    NDArray fused = first.mul(perChannel(weights.get(0)));
    for (int i = 0; i < others.size(); i++) {
      fused = fused.add(perChannel(weights.get(i + 1)).mul(others.get(i)));
    }
    return fused;
  }

  private NDList weights(NDArray squeezed) {
    NDList logits = new NDList(expansions.size());
    for (Conv2d expansion : expansions) {
      NDArray expanded = expansion.forward(squeezed);
      Shape shape = expanded.getShape();
      logits.add(expanded.reshape(shape.get(0), 1, shape.get(1)));
    }
    return NDArrays.concat(logits, 1).softmax(1).split(expansions.size(), 1);
  }

  private static NDArray perChannel(NDArray weights) {
    Shape shape = weights.getShape();
    return weights.reshape(shape.get(0), shape.get(2), 1, 1);
  }
}
