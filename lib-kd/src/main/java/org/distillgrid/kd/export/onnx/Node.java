package org.distillgrid.kd.export.onnx;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One operation of a graph.
 *
 * @param name its own name
 * @param operator an operator of ONNX's default domain
 * @param inputs names of values; an empty one leaves an optional input out
 * @param outputs names of the values that it makes
 * @param attributes its fixed properties by name
 */
public record Node(
    String name,
    String operator,
    List<String> inputs,
    List<String> outputs,
    SortedMap<String, Attribute> attributes) {
  public Node {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
  }
}
