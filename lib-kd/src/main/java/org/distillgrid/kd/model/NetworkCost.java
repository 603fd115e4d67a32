package org.distillgrid.kd.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.distillgrid.kd.nn.Inference;
import org.distillgrid.kd.nn.Multiplication;
import org.distillgrid.kd.nn.OperandTransform;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.nn.WeightedLayer;
import org.distillgrid.kd.random.Draws;

/**
 * What a network costs layer by layer. The shapes are those of forward passes of the network
 * itself. Rows and columns never mix in the size of a layer's operands, so that passes over a tall
 * and a wide strip tell exactly what the whole image would take, at a fraction of its time.
 *
 * @param inputHeight rows of the input
 * @param inputWidth columns of the input
 * @param layers in the order in which they were made; those that never ran are left out
 */
public record NetworkCost(int inputHeight, int inputWidth, List<LayerCost> layers) {
  // The smallest side that every architecture takes: RLFN's attention needs 15.
  private static final int STRIP = 16;

  public NetworkCost {
    layers = List.copyOf(layers);
  }

  /**
   * Returns the costs of a network without weights for an output of at least the given size.
   *
   * @param name the network's name
   * @param target what it restores
   * @param outputHeight rows of the restored image
   * @param outputWidth its columns
   */
  public static NetworkCost of(
      ModelName name, ModelTarget target, int outputHeight, int outputWidth) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        Network network = Network.build(name, target, Draws.of("costs"), manager)) {
      return of(network, outputHeight, outputWidth);
    }
  }

  /**
   * Returns the costs for an output of at least the given size. What was attached to the layers
   * before is gone afterwards.
   *
   * @param outputHeight rows of the restored image, 720 in the literature
   * @param outputWidth its columns, 1280 in the literature
   */
  public static NetworkCost of(Network network, int outputHeight, int outputWidth) {
    int scale = network.target().scale();
    int height = (outputHeight + scale - 1) / scale;
    int width = (outputWidth + scale - 1) / scale;
    Map<String, List<Operands>> tall = operands(network, height, STRIP);
    Map<String, List<Operands>> wide = operands(network, STRIP, width);
    Map<String, List<Operands>> small = operands(network, STRIP, STRIP);
    List<LayerCost> costs = new ArrayList<>();
    for (Multiplication layer : network.multiplications()) {
      String name = layer.name();
      if (small.containsKey(name)) {
        costs.add(cost(layer, combined(tall.get(name), wide.get(name), small.get(name))));
      }
    }
    return new NetworkCost(height, width, costs);
  }

  /** Returns the multiplications with an addition of all layers together. */
  public long macs() {
    return layers.stream().mapToLong(LayerCost::macs).sum();
  }

  private static List<Operands> combined(
      List<Operands> tall, List<Operands> wide, List<Operands> small) {
    List<Operands> combined = new ArrayList<>();
    for (int i = 0; i < small.size(); i++) {
      combined.add(Operands.combined(tall.get(i), wide.get(i), small.get(i)));
    }
    return combined;
  }

  private static LayerCost cost(Multiplication layer, List<Operands> passes) {
    Operands first = passes.get(0);
    return new LayerCost(
        layer.name(),
        layer.role(),
        layer.kernel(),
        layer.outputShape(first.left(), first.right()),
        parameters(layer),
        passes.stream().mapToLong(pass -> layer.macs(pass.left(), pass.right())).sum());
  }

  private static long parameters(Multiplication layer) {
    if (layer instanceof WeightedLayer weighted) {
      return size(weighted.weight()) + weighted.bias().map(NetworkCost::size).orElse(0L);
    }
    return 0;
  }

  private static long size(Parameter parameter) {
    return parameter.shape().size();
  }

  private static Map<String, List<Operands>> operands(Network network, int height, int width) {
    Map<String, List<Operands>> operands = new HashMap<>();
    try (NDManager pass = network.parameters().flat().getManager().newSubManager()) {
      network.multiplications().forEach(layer -> layer.attach(new Recorder(layer, operands)));
      Shape shape = new Shape(1, network.target().imageChannels(), height, width);
      Inference.output(network.architecture(), pass.zeros(shape)).close();
    } finally {
      network.multiplications().forEach(layer -> layer.attach(null));
    }
    return operands;
  }

  /** The shapes that a layer multiplied at one time. */
  private record Operands(Shape left, Shape right) {
    static Operands combined(Operands tall, Operands wide, Operands small) {
      return new Operands(
          combined(tall.left, wide.left, small.left),
          combined(tall.right, wide.right, small.right));
    }

    // Sizes along an axis that follows rows differ between small and tall, those that follow
    // columns between small and wide; where both differ (a row of tokens), they multiply.
    private static Shape combined(Shape tall, Shape wide, Shape small) {
      long[] sizes = new long[small.dimension()];
      for (int axis = 0; axis < sizes.length; axis++) {
        sizes[axis] = tall.get(axis) * wide.get(axis) / small.get(axis);
      }
      return new Shape(sizes);
    }
  }

  /** Notes the operands' shapes and changes nothing. */
  private record Recorder(Multiplication layer, Map<String, List<Operands>> operands)
      implements OperandTransform {
    @Override
    public NDArray input(NDArray input) {
      operands
          .computeIfAbsent(layer.name(), absent -> new ArrayList<>())
          .add(new Operands(input.getShape(), input.getShape()));
      return input;
    }

    @Override
    public NDArray weight(NDArray weight) {
      List<Operands> passes = operands.get(layer.name());
      Shape left = passes.remove(passes.size() - 1).left();
      passes.add(new Operands(left, weight.getShape()));
      return weight;
    }
  }
}
