package org.distillgrid.kd.export.onnx;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A model: one graph and what is said of it. Source: the public ONNX specification (onnx.proto).
 *
 * @param name the graph's name
 * @param nodes in an order in which they can run
 * @param constants the initializers
 * @param inputs what is fed
 * @param outputs what comes back
 * @param metadata what else is worth knowing, by key
 */
public record Model(
    String name,
    List<Node> nodes,
    List<Tensor> constants,
    List<Port> inputs,
    List<Port> outputs,
    SortedMap<String, String> metadata) {
  /** The version of the operators of the default domain; the first with 4-bit integers. */
  public static final int OPSET = 21;

  /** The version of the file format that goes with the operators. */
  public static final int IR_VERSION = 10;

  public Model {
    nodes = List.copyOf(nodes);
    constants = List.copyOf(constants);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
  }
}
