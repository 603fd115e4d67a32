package org.distillgrid.kd.export.trace;

import java.util.List;
import org.distillgrid.kd.export.onnx.Attribute;

/** Operations on elements. */
final class ElementRules {
  private ElementRules() {}

  static void addTo(Rules rules) {
    unary(rules, "relu", "Relu");
    unary(rules, "sigmoid", "Sigmoid");
    unary(rules, "tanh", "Tanh");
    unary(rules, "sqrt", "Sqrt");
    unary(rules, "neg", "Neg");
    unary(rules, "abs", "Abs");
    unary(rules, "exp", "Exp");
    unary(rules, "gelu", "Gelu");
    binary(rules, "add", "Add");
    binary(rules, "sub", "Sub");
    binary(rules, "mul", "Mul");
    binary(rules, "div", "Div");
    binary(rules, "pow", "Pow");
    binary(rules, "maximum", "Max");
    binary(rules, "minimum", "Min");
    rules.add("square", call -> call.step("Mul", call.operand(0), call.operand(0)));
    rules.add("clip", call -> call.step("Clip", call.operand(0), call.operand(1), call.operand(2)));
    rules.add("leakyRelu", ElementRules::leakyRelu);
    for (String identity : new String[] {"duplicate", "stopGradient"}) {
      rules.add(identity, call -> List.of(call.operand(0)));
    }
    rules.add("toType", ElementRules::toType);
  }

  private static void unary(Rules rules, String operation, String operator) {
    rules.add(operation, call -> call.step(operator, call.operand(0)));
  }

  private static void binary(Rules rules, String operation, String operator) {
    rules.add(
        operation,
        call -> {
          // Longer forms name an output, or take a list.
          if (call.count() != 1) {
            throw call.unsupported();
          }
          return call.step(operator, call.operand(0), call.operand(1));
        });
  }

  private static List<Operand> leakyRelu(Call call) {
    float slope = (float) call.argument(1);
    return call.step("LeakyRelu", Call.attributes("alpha", Attribute.of(slope)), call.operand(0));
  }

  private static List<Operand> toType(Call call) {
    if (call.results().get(0).getDataType() != call.array(0).getDataType()) {
      throw call.unsupported();
    }
    return List.of(call.operand(0));
  }
}
