package org.distillgrid.kd.model.restormer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.ConvShape;
import org.distillgrid.kd.nn.Initializer;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.MatrixProduct;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.nn.Scratch;

/**
 * Multi-Dconv head transposed attention (MDTA): channels attend to channels, so that its cost grows
 * with the pixels and not with their square. Source: Restormer (Zamir et al., CVPR 2022).
 */
final class TransposedAttention {
  private static final double EPSILON = 1e-12;

  private final int heads;
  private final Parameter temperature;
  private final Conv2d widen;
  private final Conv2d depthwise;
  private final MatrixProduct affinity;
  private final MatrixProduct mixture;
  private final Conv2d project;

  TransposedAttention(LayerFactory layers, int width, int heads, ConvShape.Bias bias) {
    this.heads = heads;
    int wide = 3 * width;
    Shape perHead = new Shape(heads, 1, 1);
    temperature = layers.parameter("temperature", perHead, Initializer.constant(1));
    ConvShape widening = new ConvShape(width, wide, 1, 1, 0, 1, bias);
    widen = layers.conv("qkv", widening, InputRange.SIGNED);
    ConvShape eachChannel = new ConvShape(wide, wide, 3, 1, 1, wide, bias);
    depthwise = layers.conv("qkv_dwconv", eachChannel, InputRange.SIGNED);
    affinity = layers.product("affinity", InputRange.SIGNED);
    mixture = layers.product("mixture", InputRange.NON_NEGATIVE);
    ConvShape projection = new ConvShape(width, width, 1, 1, 0, 1, bias);
    project = layers.conv("project_out", projection, InputRange.SIGNED);
  }

  NDArray forward(NDArray input) {
    Shape shape = input.getShape();
    NDList parts = Scratch.run(input, x -> depthwise.forward(widen.forward(x))).split(3, 1);
    NDArray query = unitRows(rows(parts.get(0)));
    NDArray key = unitRows(rows(parts.get(1)));
    NDArray logits = affinity.of(query, key.transpose(0, 1, 3, 2)).mul(temperature.array());
    NDArray mixed = mixture.of(logits.softmax(-1), rows(parts.get(2)));
    return project.forward(mixed.reshape(shape));
  }

  // One row of all pixels for each channel, the channels of each head together.
  private NDArray rows(NDArray features) {
    Shape shape = features.getShape();
    long pixels = shape.get(2) * shape.get(3);
    return features.reshape(shape.get(0), heads, shape.get(1) / heads, pixels);
  }

  private static NDArray unitRows(NDArray rows) {
    return rows.normalize(2, -1, EPSILON);
  }
}
