package org.distillgrid.kd.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.distillgrid.kd.nn.Inference;
import org.distillgrid.kd.nn.OperandTransform;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.nn.WeightedLayer;

/**
 * What a network costs layer by layer. The shapes are those of forward passes of the network
 * itself. Rows and columns never mix in the size of a layer's output, so that passes over a tall
 * and a wide strip tell exactly what the whole image would take, at a fraction of its time.
 *
 * @param inputHeight rows of the input
 * @param inputWidth columns of the input
 * @param layers in the order in which they were made; those that never ran are left out
 */
public record NetworkCost(int inputHeight, int inputWidth, List<LayerCost> layers) {
  // The smallest side that every architecture takes: RLFN's attention needs 15.
  private static final int STRIP = 16;

  /** Takes an unmodifiable copy of the layers. */
  public NetworkCost {
    layers = List.copyOf(layers);
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
    Map<String, Shape> tall = outputs(network, height, STRIP);
    Map<String, Shape> wide = outputs(network, STRIP, width);
    Map<String, Shape> small = outputs(network, STRIP, STRIP);
    List<LayerCost> costs = new ArrayList<>();
    for (WeightedLayer layer : network.layers()) {
      String name = layer.name();
      if (small.containsKey(name)) {
        Shape output = combined(tall.get(name), wide.get(name), small.get(name));
        costs.add(
            new LayerCost(
                name,
                layer.role(),
                layer.weight().shape(),
                output,
                layer.weight().shape().size() + layer.bias().map(NetworkCost::size).orElse(0L),
                layer.macs(output)));
      }
    }
    return new NetworkCost(height, width, costs);
  }

  /** Returns the multiplications with an addition of all layers together. */
  public long macs() {
    return layers.stream().mapToLong(LayerCost::macs).sum();
  }

  private static long size(Parameter parameter) {
    return parameter.shape().size();
  }

  // Sizes along an axis that follows rows differ between small and tall, those that follow columns
  // between small and wide; where both differ (a row of tokens), they multiply.
  private static Shape combined(Shape tall, Shape wide, Shape small) {
    long[] sizes = new long[small.dimension()];
    for (int axis = 0; axis < sizes.length; axis++) {
      sizes[axis] = tall.get(axis) * wide.get(axis) / small.get(axis);
    }
    return new Shape(sizes);
  }

  private static Map<String, Shape> outputs(Network network, int height, int width) {
    Map<String, Shape> outputs = new HashMap<>();
    try (NDManager pass = network.parameters().flat().getManager().newSubManager()) {
      network.layers().forEach(layer -> layer.attach(new Recorder(layer, outputs)));
      Shape shape = new Shape(1, network.target().imageChannels(), height, width);
      Inference.output(network.architecture(), pass.zeros(shape)).close();
    } finally {
      network.layers().forEach(layer -> layer.attach(null));
    }
    return outputs;
  }

  /** Notes the output's shape and changes nothing. */
  private record Recorder(WeightedLayer layer, Map<String, Shape> outputs)
      implements OperandTransform {
    @Override
    public NDArray input(NDArray input) {
      outputs.put(layer.name(), layer.outputShape(input.getShape()));
      return input;
    }

    @Override
    public NDArray weight(NDArray weight) {
      return weight;
    }
  }
}
