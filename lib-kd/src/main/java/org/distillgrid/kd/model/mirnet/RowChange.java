package org.distillgrid.kd.model.mirnet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.ConvShape;
import org.distillgrid.kd.nn.Deconvolution;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Scratch;
import org.distillgrid.kd.nn.block.BilinearResize;
import org.distillgrid.kd.nn.block.ParametricRelu;

/**
 * The way of features to rows of other resolutions: residual resizing modules one after the other,
 * each to half or twice the size and twice or half the channels. A module adds a filtered and a
 * convolved version of its input. Source: MIRNet (Zamir et al., ECCV 2020); layers are named as in
 * its released code.
 */
final class RowChange {
  private static final ConvShape.Bias NONE = ConvShape.Bias.ABSENT;

  private final List<UnaryOperator<NDArray>> modules = new ArrayList<>();

  private RowChange() {}

  /**
   * Makes the way down.
   *
   * @param layers makes them under its own prefix
   * @param width channels that come in
   * @param rows how many times the size is halved
   */
  static RowChange down(LayerFactory layers, int width, int rows) {
    RowChange change = new RowChange();
    int wide = width;
    for (int i = 0; i < rows; i++) {
      change.modules.add(new Halving(layers.under("body." + i), wide)::forward);
      wide *= 2;
    }
    return change;
  }

  /**
   * Makes the way up.
   *
   * @param layers makes them under its own prefix
   * @param width channels that come in
   * @param rows how many times the size is doubled
   */
  static RowChange up(LayerFactory layers, int width, int rows) {
    RowChange change = new RowChange();
    int wide = width;
    for (int i = 0; i < rows; i++) {
      change.modules.add(new Doubling(layers.under("body." + i), wide)::forward);
      wide /= 2;
    }
    return change;
  }

  NDArray forward(NDArray input) {
    NDArray features = input;
    for (UnaryOperator<NDArray> module : modules) {
      features = Scratch.run(features, module);
    }
    return features;
  }

  private static Conv2d conv(LayerFactory layers, String name, int in, int out, int kernel) {
    return layers.conv(name, ConvShape.same(in, out, kernel).withoutBias(), InputRange.SIGNED);
  }

  /** Half the size, twice the channels. */
  private record Halving(
      Conv2d first,
      ParametricRelu firstActivation,
      Conv2d second,
      ParametricRelu secondActivation,
      Conv2d last,
      Conv2d beside) {
    Halving(LayerFactory layers, int width) {
      this(
          conv(layers, "top.0", width, width, 1),
          new ParametricRelu(layers.under("top.1"), 1),
          conv(layers, "top.2", width, width, 3),
          new ParametricRelu(layers.under("top.3"), 1),
          conv(layers, "top.5", width, 2 * width, 1),
          conv(layers, "bot.1", width, 2 * width, 1));
    }

    NDArray forward(NDArray input) {
      NDArray inner = firstActivation.forward(first.forward(input));
      NDArray convolved = secondActivation.forward(second.forward(inner));
      NDArray top = last.forward(BinomialHalving.of(convolved));
      return top.add(beside.forward(BinomialHalving.of(input)));
    }
  }

  /** Twice the size, half the channels. */
  private record Doubling(
      Conv2d first,
      ParametricRelu firstActivation,
      Deconvolution enlarge,
      ParametricRelu secondActivation,
      Conv2d last,
      Conv2d beside) {
    Doubling(LayerFactory layers, int width) {
      this(
          conv(layers, "top.0", width, width, 1),
          new ParametricRelu(layers.under("top.1"), 1),
          layers.deconvolution(
              "top.2", new ConvShape(width, width, 3, 2, 1, 1, NONE), InputRange.SIGNED),
          new ParametricRelu(layers.under("top.3"), 1),
          conv(layers, "top.4", width, width / 2, 1),
          conv(layers, "bot.1", width, width / 2, 1));
    }

    NDArray forward(NDArray input) {
      NDArray inner = firstActivation.forward(first.forward(input));
      NDArray enlarged = secondActivation.forward(enlarge.forward(inner));
      Shape shape = input.getShape();
      NDArray resized = BilinearResize.of(input, 2 * shape.get(2), 2 * shape.get(3));
      return last.forward(enlarged).add(beside.forward(resized));
    }
  }
}
