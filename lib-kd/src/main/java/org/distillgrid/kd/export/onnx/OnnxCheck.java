package org.distillgrid.kd.export.onnx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * The rules of ONNX's own checker that need no inference of shapes: every name is given once, every
 * value is made before it is read, constants are as long as their sizes say, inputs and outputs
 * have a type, operators are those of the operator set.
 */
final class OnnxCheck {
  // What the exporter may write: operators of opset 21's default domain, with how many inputs and
  // outputs each takes at most.
  private static final OperatorTable OPERATORS = OperatorTable.standard();

  private final Model model;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> values = new HashSet<>();

  private OnnxCheck(Model model) {
    this.model = model;
  }

  /** Returns what is wrong with a model; nothing where it keeps all rules. */
  public static List<String> problems(Model model) {
    OnnxCheck check = new OnnxCheck(model);
    check.ports();
    check.constants();
    check.nodes();
    check.outputs();
    return List.copyOf(check.problems);
  }

  /**
   * Refuses a model that breaks a rule.
   *
   * @throws GridException naming the first problem
   */
  public static void require(Model model) {
    List<String> problems = problems(model);
    if (!problems.isEmpty()) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot export %s: its graph breaks %d rules of ONNX, the first: %s",
          model.name(),
          problems.size(),
          problems.get(0));
    }
  }

  private void ports() {
    if (model.inputs().isEmpty() || model.outputs().isEmpty()) {
      problems.add("the graph has no input or no output");
    }
    for (Port input : model.inputs()) {
      define(input.name());
      requireLengths(input);
    }
    model.outputs().forEach(this::requireLengths);
  }

  private void requireLengths(Port port) {
    for (Port.Axis axis : port.axes()) {
      if (axis instanceof Port.Axis.Fixed fixed && fixed.length() <= 0) {
        problems.add(port.name() + " has an axis of length " + fixed.length());
      }
      if (axis instanceof Port.Axis.Free free && free.name().isEmpty()) {
        problems.add(port.name() + " has an axis without length and name");
      }
    }
  }

  private void constants() {
    for (Tensor constant : model.constants()) {
      define(constant.name());
      long wanted = constant.type().bytes(constant.elements());
      if (constant.raw().length != wanted) {
        problems.add(
            String.format(
                "%s has %d bytes, its sizes want %d",
                constant.name(), constant.raw().length, wanted));
      }
    }
  }

  private void nodes() {
    Set<String> names = new HashSet<>();
    for (Node node : model.nodes()) {
      if (node.name().isEmpty() || !names.add(node.name())) {
        problems.add("a node's name is empty or given twice: " + node.name());
      }
      OPERATORS.problem(node).ifPresent(problems::add);
      for (String input : node.inputs()) {
        if (!input.isEmpty() && !values.contains(input)) {
          problems.add(node.name() + " reads " + input + " before it is made");
        }
      }
      node.outputs().forEach(this::define);
    }
  }

  private void outputs() {
    for (Port output : model.outputs()) {
      if (!values.contains(output.name())) {
        problems.add("the output " + output.name() + " is made by no node");
      }
    }
  }

  private void define(String value) {
    if (value.isEmpty() || !values.add(value)) {
      problems.add("a value's name is empty or given twice: " + value);
    }
  }
}
