package org.distillgrid.jobs.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * Values of the command line, {@code key.path=value}, that take the place of the file's.
 *
 * @param values by path, in the order given
 */
record Overrides(List<Assignment> values) {
  /** One of them: {@code grid.seed=[0, 1]}. */
  record Assignment(String path, JsonNode value) {}

  /**
   * Parses arguments of the form {@code key.path=value}, the value written as in YAML.
   *
   * @throws GridException if an argument has another form or a key is given twice
   */
  static Overrides parse(List<String> arguments) {
    List<Assignment> values = new ArrayList<>();
    Map<String, String> seen = new HashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals < 1) {
        throw GridException.of(
            ErrorCode.USAGE,
            "Cannot read argument: expected key.path=value, found \"%s\"",
            argument);
      }
      String path = argument.substring(0, equals);
      if (seen.put(path, argument) != null) {
        throw GridException.of(ErrorCode.USAGE, "Cannot read argument: %s is given twice", path);
      }
      String text = argument.substring(equals + 1);
      values.add(new Assignment(path, SpecText.parse(text, "argument " + argument).root()));
    }
    return new Overrides(values);
  }

  /** Puts the values into a tree and forgets the lines of what they replace. */
  void apply(ObjectNode root, Map<String, Integer> lines, Problems problems) {
    for (Assignment assignment : values) {
      lines.keySet().removeIf(path -> SpecPath.isWithin(path, assignment.path()));
      put(root, assignment, problems);
    }
  }

  /** Returns whether a place has its value from the command line. */
  boolean covers(String path) {
    return values.stream().anyMatch(assignment -> SpecPath.isWithin(path, assignment.path()));
  }

  private static void put(ObjectNode root, Assignment assignment, Problems problems) {
    String[] keys = assignment.path().split("\\.", -1);
    ObjectNode mapping = root;
    for (int i = 0; i < keys.length - 1; i++) {
      JsonNode next = mapping.get(keys[i]);
      if (next == null || next.isNull()) {
        mapping = mapping.putObject(keys[i]);
      } else if (next instanceof ObjectNode object) {
        mapping = object;
      } else {
        String path = assignment.path();
        problems.add(path, "cannot be set: %s has no keys of its own", keys[i]);
        return;
      }
    }
    mapping.set(keys[keys.length - 1], assignment.value());
  }
}
