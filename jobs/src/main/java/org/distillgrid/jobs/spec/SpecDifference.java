package org.distillgrid.jobs.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    Map<String, String> before = flat(old);
    Map<String, String> after = flat(current);
    Set<String> keys = new LinkedHashSet<>(before.keySet());
    keys.addAll(after.keySet());
    List<String> differences = new ArrayList<>();
    for (String key : keys) {
      String was = before.getOrDefault(key, "(absent)");
      String is = after.getOrDefault(key, "(absent)");
      if (!was.equals(is) && !FREE.matcher(key).matches()) {
        differences.add(key + ": " + was + " → " + is);
      }
    }
    return differences;
  }

  private static Map<String, String> flat(RunSpec spec) {
    Map<String, String> values = new LinkedHashMap<>();
    flatten(SpecWriter.tree(spec), "", values);
    return values;
  }

  private static void flatten(ObjectNode tree, String path, Map<String, String> values) {
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      String child = SpecPath.child(path, entry.getKey());
      if (entry.getValue() instanceof ObjectNode nested) {
        flatten(nested, child, values);
      } else {
        values.put(child, text(entry.getValue()));
      }
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
