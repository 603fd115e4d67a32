package org.distillgrid.jobs.spec.binding;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.distillgrid.jobs.spec.yaml.OneLine;
import org.distillgrid.jobs.spec.yaml.YamlNode;
import org.distillgrid.jobs.spec.yaml.YamlText;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * Values of the command line, {@code key.path=value}, that take the place of the file's.
 *
 * @param values by path, in the order given
 */
public record Overrides(List<Assignment> values) {
  /** One of them: {@code grid.seed=[0, 1]}. Its value has no lines. */
  record Assignment(String path, YamlNode value) {}

  /**
   * Parses arguments of the form {@code key.path=value}, the value written as in YAML.
   *
   * @throws GridException if an argument has another form or no value, or a key is given twice
   */
  public static Overrides parse(List<String> arguments) {
    List<Assignment> values = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals < 1) {
        throw refused("expected key.path=value, found \"" + argument + "\"");
      }
      String path = argument.substring(0, equals);
      if (SpecPath.steps(path).isEmpty()) {
        throw refused("\"" + path + "\" is no key (write key.path=value or key[0].path=value)");
      }
      if (!seen.add(path)) {
        throw refused(path + " is given twice");
      }
      YamlNode value = YamlText.parse(argument.substring(equals + 1), "argument " + argument);
      if (isUnwritten(value)) {
        // What a shell makes of a variable that is not set must not pass for the default.
        throw refused(path + " has no value (write null for none, '' for an empty text)");
      }
      values.add(new Assignment(path, value.withoutLines()));
    }
    return new Overrides(values);
  }

  /** Returns a tree with the values in it. */
  public YamlNode.Mapping apply(YamlNode.Mapping root, Problems problems) {
    YamlNode.Mapping changed = root;
    for (Assignment assignment : values) {
      changed = (YamlNode.Mapping) new Placement(assignment, problems).in(changed);
    }
    return changed;
  }

  private static boolean isUnwritten(YamlNode value) {
    if (value instanceof YamlNode.Listing list) {
      return list.elements().stream().anyMatch(Overrides::isUnwritten);
    }
    if (value instanceof YamlNode.Mapping mapping) {
      return mapping.entries().values().stream().anyMatch(Overrides::isUnwritten);
    }
    return value instanceof YamlNode.Nothing nothing && nothing.text().isEmpty();
  }

  private static GridException refused(String what) {
    return GridException.of(ErrorCode.USAGE, "Cannot read argument: %s", OneLine.of(what));
  }
}
