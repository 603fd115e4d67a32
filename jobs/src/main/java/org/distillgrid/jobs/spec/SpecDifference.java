package org.distillgrid.jobs.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Finds what keeps a run from being resumed under another spec. */
public final class SpecDifference {
  // These say where and how trials run, not what numbers they give.
  private static final Pattern FREE =
      Pattern.compile(
          "cluster\\.(cohort|startupDeadlineSeconds)|output\\..*|(.*\\.)?checkpointEvery");

  private SpecDifference() {}

  /**
   * Returns the keys that decide numbers and differ, each as {@code grid.bits: [fp] → [fp, w4a4]};
   * empty if a run of the old spec may go on under the new one.
   */
  public static List<String> between(RunSpec old, RunSpec current) {
    List<String> differences = new ArrayList<>();
    compare(tree(old), tree(current), "", differences);
    return differences;
  }

  // What a method is called in tables decides no number either.
  private static JsonNode tree(RunSpec spec) {
    ObjectNode tree = SpecWriter.tree(spec);
    tree.set("grid", SpecWriter.tree(MethodLabels.without(spec.grid())));
    return tree;
  }

  // Both trees come from the same records, so they have the same keys wherever both are mappings.
  private static void compare(JsonNode old, JsonNode current, String path, List<String> found) {
    if (old instanceof ObjectNode before && current instanceof ObjectNode after) {
      for (Map.Entry<String, JsonNode> entry : before.properties()) {
        String child = SpecPath.child(path, entry.getKey());
        compare(entry.getValue(), after.get(entry.getKey()), child, found);
      }
    } else if (!old.equals(current) && !FREE.matcher(path).matches()) {
      found.add(path + ": " + text(old) + " → " + text(current));
    }
  }

  private static String text(JsonNode node) {
    if (node.isArray()) {
      return StreamSupport.stream(node.spliterator(), false)
          .map(SpecDifference::text)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (node.isObject()) {
      return node.properties().stream()
          .filter(entry -> !entry.getValue().isEmpty() || entry.getValue().isValueNode())
          .map(entry -> entry.getKey() + ": " + text(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return node.asText();
  }
}
