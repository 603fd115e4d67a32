package org.distillgrid.kd.export.trace;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.export.onnx.Attribute;

/**
 * One ONNX operation of a recorded run.
 *
 * @param label the layer that it belongs to, or empty
 * @param operator its name in ONNX
 * @param operands what it reads
 * @param attributes its fixed properties
 * @param shapes those of its outputs in the run
 */
public record Step(
    String label,
    String operator,
    List<Operand> operands,
    SortedMap<String, Attribute> attributes,
    List<Shape> shapes) {
  public Step {
    operands = List.copyOf(operands);
    attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    shapes = List.copyOf(shapes);
  }

  Step with(List<Operand> others) {
    return new Step(label, operator, others, attributes, shapes);
  }

  Step withOperand(int place, Operand other) {
    List<Operand> others = new ArrayList<>(operands);
    others.set(place, other);
    return with(others);
  }
}
