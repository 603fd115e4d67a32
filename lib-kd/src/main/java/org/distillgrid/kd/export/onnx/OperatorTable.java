package org.distillgrid.kd.export.onnx;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The operators that are written here, and what opset 21 wants of each. */
final class OperatorTable {
  private record Form(int leastInputs, int mostInputs, Set<String> attributes) {}

  private static final int MANY = Integer.MAX_VALUE;

  private final Map<String, Form> forms = new TreeMap<>();

  private OperatorTable() {}

  static OperatorTable standard() {
    OperatorTable table = new OperatorTable();
    for (String unary : new String[] {"Relu", "Sigmoid", "Tanh", "Sqrt", "Neg", "Abs", "Exp"}) {
      table.add(unary, 1, 1);
    }
    for (String binary : new String[] {"Add", "Sub", "Mul", "Div", "Pow", "MatMul", "PRelu"}) {
      table.add(binary, 2, 2);
    }
    table.add("Cast", 1, 1, "to", "saturate");
    table.add("Clip", 1, 3);
    table.add("Concat", 1, MANY, "axis");
    table.add("Conv", 2, 3, "kernel_shape", "strides", "pads", "dilations", "group");
    table.add(
        "ConvTranspose",
        2,
        3,
        "kernel_shape",
        "strides",
        "pads",
        "dilations",
        "group",
        "output_padding");
    table.add("DepthToSpace", 1, 1, "blocksize", "mode");
    table.add("DequantizeLinear", 2, 3, "axis");
    table.add("Gather", 2, 2, "axis");
    table.add("Gelu", 1, 1, "approximate");
    table.add("LayerNormalization", 2, 3, "axis", "epsilon");
    table.add("LeakyRelu", 1, 1, "alpha");
    table.add("Max", 1, MANY);
    table.add("MaxPool", 1, 1, "kernel_shape", "strides", "pads", "ceil_mode");
    table.add("Min", 1, MANY);
    table.add("Mod", 2, 2);
    table.add("Pad", 2, 4, "mode");
    table.add("QuantizeLinear", 2, 3, "axis");
    table.add("ReduceL2", 1, 2, "keepdims");
    table.add("ReduceMean", 1, 2, "keepdims");
    table.add("ReduceSum", 1, 2, "keepdims");
    table.add("ReduceMax", 1, 2, "keepdims");
    table.add("ReduceMin", 1, 2, "keepdims");
    table.add("Reshape", 2, 2);
    table.add(
        "Resize", 1, 4, "mode", "coordinate_transformation_mode", "cubic_coeff_a", "nearest_mode");
    table.add("Shape", 1, 1);
    table.add("Slice", 3, 5);
    table.add("Softmax", 1, 1, "axis");
    table.add("Split", 2, 2, "axis");
    table.add("Transpose", 1, 1, "perm");
    return table;
  }

  /** Returns what is wrong with a node's form. */
  Optional<String> problem(Node node) {
    Form form = forms.get(node.operator());
    if (form == null) {
      return Optional.of(node.name() + " has an operator that is not known: " + node.operator());
    }
    int inputs = node.inputs().size();
    if (inputs < form.leastInputs() || inputs > form.mostInputs() || node.outputs().isEmpty()) {
      return Optional.of(
          String.format(
              "%s has %d inputs and %d outputs, which %s does not take",
              node.name(), inputs, node.outputs().size(), node.operator()));
    }
    return node.attributes().keySet().stream()
        .filter(attribute -> !form.attributes().contains(attribute))
        .findFirst()
        .map(attribute -> node.name() + " has an attribute that is not known: " + attribute);
  }

  private void add(String operator, int leastInputs, int mostInputs, String... attributes) {
    forms.put(operator, new Form(leastInputs, mostInputs, Set.of(attributes)));
  }
}
