package org.distillgrid.jobs.spec.binding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.distillgrid.jobs.spec.yaml.YamlNode;

/** Puts one value of the command line into a tree, at a key or at a place in a list. */
final class Placement {
  private final Overrides.Assignment assignment;
  private final Problems problems;

  Placement(Overrides.Assignment assignment, Problems problems) {
    this.assignment = assignment;
    this.problems = problems;
  }

  /** Returns the tree with the value in it; where it has no such place, a problem and the tree. */
  YamlNode in(YamlNode root) {
    return placed(root, SpecPath.steps(assignment.path()), "");
  }

  private YamlNode placed(YamlNode old, List<String> steps, String path) {
    if (steps.isEmpty()) {
      return assignment.value();
    }
    String step = steps.get(0);
    List<String> rest = steps.subList(1, steps.size());
    if (SpecPath.isIndex(step)) {
      return element(old, SpecPath.index(step), rest, path);
    }
    if (old instanceof YamlNode.Nothing) {
      return child(new YamlNode.Mapping(old.line(), Map.of()), step, rest, path);
    }
    if (old instanceof YamlNode.Mapping mapping) {
      return child(mapping, step, rest, path);
    }
    String why = "has no keys of its own";
    if (old instanceof YamlNode.Listing) {
      why = "is a list (write " + path + "[0]." + step + " for its first element)";
    }
    problems.add(assignment.path(), "cannot be set: %s %s", path, why);
    return old;
  }

  private YamlNode child(YamlNode.Mapping mapping, String key, List<String> rest, String path) {
    YamlNode old = mapping.entries().getOrDefault(key, nothing());
    return mapping.with(key, placed(old, rest, SpecPath.child(path, key)));
  }

  // A single value stands for a list of one, here as everywhere.
  private YamlNode element(YamlNode old, int index, List<String> rest, String path) {
    List<YamlNode> elements = new ArrayList<>(List.of(old));
    if (old instanceof YamlNode.Listing list) {
      elements = new ArrayList<>(list.elements());
    } else if (old instanceof YamlNode.Nothing) {
      elements.clear();
    }
    if (index > elements.size()) {
      problems.add(
          assignment.path(),
          "cannot be set: the next element of %s is %s",
          path,
          SpecPath.element(path, elements.size()));
      return old;
    }
    if (index == elements.size()) {
      elements.add(nothing());
    }
    elements.set(index, placed(elements.get(index), rest, SpecPath.element(path, index)));
    return new YamlNode.Listing(old.line(), elements);
  }

  private static YamlNode nothing() {
    return new YamlNode.Nothing(YamlNode.NO_LINE, "null");
  }
}
