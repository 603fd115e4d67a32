package org.distillgrid.kd.export.trace;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which steps stand for which operation of DJL's arrays. */
final class Rules {
  /** Records the steps of one operation. */
  @FunctionalInterface
  interface Rule {
    /** Returns what stands for the operation's results. */
    List<Operand> record(Call call);
  }

  private final Map<String, Rule> byOperation = new HashMap<>();

  private Rules() {}

  static Rules standard() {
    Rules rules = new Rules();
    ElementRules.addTo(rules);
    ReductionRules.addTo(rules);
    ShapeRules.addTo(rules);
    LayerRules.addTo(rules);
    return rules;
  }

  void add(String operation, Rule rule) {
    byOperation.put(operation, rule);
  }

  /** Returns the rule of an operation; that of {@code add} for {@code addi}; or null. */
  Rule rule(String operation) {
    Rule rule = byOperation.get(operation);
    if (rule == null && operation.endsWith("i")) {
      return byOperation.get(operation.substring(0, operation.length() - 1));
    }
    return rule;
  }
}
