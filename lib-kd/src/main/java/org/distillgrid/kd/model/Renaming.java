package org.distillgrid.kd.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.distillgrid.kd.weights.HostTensor;

/** How the tensors of another code base are called here; the first rule that fits a name counts. */
final class Renaming {
  private record Rule(Pattern theirs, String ours) {}

  private final List<Rule> rules = new ArrayList<>();

  /**
   * Adds a rule.
   *
   * @param theirs an expression for a whole name of the other code base
   * @param ours the name here, with {@code $1} for the first group
   */
  Renaming rule(String theirs, String ours) {
    rules.add(new Rule(Pattern.compile(theirs), ours));
    return this;
  }

  /** Returns the tensors under the names of here; those that no rule fits keep theirs. */
  Map<String, HostTensor> apply(Map<String, HostTensor> tensors) {
    Map<String, HostTensor> renamed = new TreeMap<>();
    tensors.forEach((name, tensor) -> renamed.put(renamed(name), tensor));
    return renamed;
  }

  private String renamed(String name) {
    for (Rule rule : rules) {
      Matcher matcher = rule.theirs().matcher(name);
      if (matcher.matches()) {
        return matcher.replaceFirst(rule.ours());
      }
    }
    return name;
  }
}
