package org.distillgrid.kd.nn;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.distillgrid.kd.random.Draws;

/** Makes the layers of one network under dotted names, and registers them and their parameters. */
public final class LayerFactory {
  private final ParameterSet parameters;
  private final List<Multiplication> layers;
  private final Draws draws;
  private final String prefix;
  private final LayerRole role;

  private LayerFactory(
      ParameterSet parameters,
      List<Multiplication> layers,
      Draws draws,
      String prefix,
      LayerRole role) {
    this.parameters = parameters;
    this.layers = layers;
    this.draws = draws;
    this.prefix = prefix;
    this.role = role;
  }

  /**
   * Returns a factory that registers into a set and a list.
   *
   * @param draws the generators of first values
   */
  public static LayerFactory into(
      ParameterSet parameters, List<Multiplication> layers, Draws draws) {
    return new LayerFactory(parameters, layers, draws, "", LayerRole.BODY);
  }

  /** Returns a factory whose names start with one more part. */
  public LayerFactory under(String part) {
    return new LayerFactory(parameters, layers, draws, prefix + part + ".", role);
  }

  /** Returns a factory whose layers stand elsewhere in the network. */
  public LayerFactory as(LayerRole newRole) {
    return new LayerFactory(parameters, layers, draws, prefix, newRole);
  }

  /** Makes a convolution whose output is as large as its input. */
  public Conv2d conv(String name, int in, int out, int kernel, InputRange inputRange) {
    return conv(name, ConvShape.same(in, out, kernel), inputRange);
  }

  /** Makes a convolution. */
  public Conv2d conv(String name, ConvShape shape, InputRange inputRange) {
    long fanIn = (long) shape.in() / shape.groups() * shape.kernel() * shape.kernel();
    Initializer initializer = Initializer.fanIn(fanIn);
    Parameter weight = parameter(name + ".weight", shape.weightShape(), initializer);
    Parameter bias = null;
    if (shape.bias() == ConvShape.Bias.PRESENT) {
      bias = parameter(name + ".bias", new Shape(shape.out()), initializer);
    }
    Conv2d layer = new Conv2d(prefix + name, role, inputRange, shape, weight, bias);
    layers.add(layer);
    return layer;
  }

  /**
   * Makes a transposed convolution that enlarges by the stride of {@code shape}.
   *
   * @param shape an odd kernel, padded by half its side, of one group; {@code in} and {@code out}
   *     are the layer's own
   */
  public Deconvolution deconvolution(String name, ConvShape shape, InputRange inputRange) {
    if (shape.kernel() != 2 * shape.padding() + 1 || shape.groups() != 1) {
      throw new IllegalArgumentException("No shape of a deconvolution: " + shape);
    }
    int side = shape.kernel();
    // What one output place sums, so that outputs start as large as inputs whatever the stride.
    long taps = (long) side * side / ((long) shape.stride() * shape.stride());
    Initializer initializer = Initializer.fanIn(shape.in() * Math.max(1, taps));
    Shape weights = new Shape(shape.in(), shape.out(), side, side);
    Parameter weight = parameter(name + ".weight", weights, initializer);
    Parameter bias = null;
    if (shape.bias() == ConvShape.Bias.PRESENT) {
      bias = parameter(name + ".bias", new Shape(shape.out()), initializer);
    }
    Deconvolution layer = new Deconvolution(prefix + name, role, inputRange, shape, weight, bias);
    layers.add(layer);
    return layer;
  }

  /** Makes a linear layer with a bias. */
  public Linear linear(String name, int in, int out, InputRange inputRange) {
    return linear(name, in, out, inputRange, ConvShape.Bias.PRESENT);
  }

  /** Makes a linear layer. */
  public Linear linear(
      String name, int in, int out, InputRange inputRange, ConvShape.Bias constants) {
    Initializer initializer = Initializer.fanIn(in);
    return switch (constants) {
      case PRESENT -> linear(name, in, out, inputRange, initializer, initializer);
      case ABSENT -> linear(name, inputRange, weight(name, in, out, initializer), null);
    };
  }

  /** Makes a linear layer with a bias and with first values of its own. */
  public Linear linear(
      String name,
      int in,
      int out,
      InputRange inputRange,
      Initializer firstWeight,
      Initializer firstBias) {
    Parameter weight = weight(name, in, out, firstWeight);
    Parameter bias = parameter(name + ".bias", new Shape(out), firstBias);
    return linear(name, inputRange, weight, bias);
  }

  private Linear linear(String name, InputRange inputRange, Parameter weight, Parameter bias) {
    Linear layer = new Linear(prefix + name, role, inputRange, weight, bias);
    layers.add(layer);
    return layer;
  }

  private Parameter weight(String name, int in, int out, Initializer first) {
    return parameter(name + ".weight", new Shape(out, in), first);
  }

  /**
   * Makes a product of two activations.
   *
   * @param leftRange what the left operand can be
   */
  public MatrixProduct product(String name, InputRange leftRange) {
    MatrixProduct product = new MatrixProduct(prefix + name, role, leftRange);
    layers.add(product);
    return product;
  }

  /** Makes a parameter that belongs to no convolution, for instance a scale per channel. */
  public Parameter parameter(String name, Shape shape, Initializer initializer) {
    return parameters.add(prefix + name, shape, initializer, draws);
  }

  /** Makes a tensor that training observes instead of learning, a running mean for instance. */
  public Parameter statistic(String name, Shape shape, Initializer initializer) {
    return parameters.addStatistic(prefix + name, shape, initializer, draws);
  }
}
