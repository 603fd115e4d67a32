package org.distillgrid.jobs.spec;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.spec.binding.Problems;
import org.distillgrid.jobs.spec.binding.SpecPath;
import org.distillgrid.jobs.spec.yaml.OneLine;
import org.distillgrid.jobs.spec.yaml.YamlNode;

/** Makes every path of a spec absolute. */
final class PathResolution {
  private static final List<List<String>> OUTPUTS =
      List.of(List.of("output", "path"), List.of("teacher", "cache", "path"));
  private static final List<List<String>> INPUTS =
      List.of(
          List.of("data", "train"),
          List.of("data", "train", "path"),
          List.of("data", "train", "input"),
          List.of("data", "train", "target"),
          List.of("data", "validate"),
          List.of("data", "validate", "path"),
          List.of("data", "validate", "input"),
          List.of("data", "validate", "target"),
          List.of("evaluate", "sets", "path"),
          List.of("evaluate", "sets", "input"),
          List.of("evaluate", "sets", "target"));
  private static final List<List<String>> WEIGHTS =
      List.of(
          List.of("teacher", "weights"),
          List.of("encoder", "weights"),
          List.of("evaluate", "lpips", "features"),
          List.of("evaluate", "lpips", "linear"),
          List.of("grid", "student", "weights"));

  private final Locations locations;
  private final String folder;
  private final Problems problems;

  /**
   * Resolves against a folder.
   *
   * @param folder that which holds the spec
   */
  PathResolution(Locations locations, String folder, Problems problems) {
    this.locations = locations;
    this.folder = folder;
    this.problems = problems;
  }

  /** Returns whether a value is {@code ~}, which YAML takes for null: the home folder. */
  static boolean isHome(YamlNode value) {
    return value instanceof YamlNode.Nothing nothing && nothing.text().equals("~");
  }

  YamlNode.Mapping resolve(YamlNode.Mapping root) {
    YamlNode resolved = root;
    for (List<String> keys : OUTPUTS) {
      resolved = walked(resolved, keys, "", Locations.current());
    }
    for (List<String> keys : INPUTS) {
      resolved = walked(resolved, keys, "", folder);
    }
    for (List<String> keys : WEIGHTS) {
      resolved = walked(resolved, keys, "", folder);
    }
    return (YamlNode.Mapping) resolved;
  }

  private YamlNode walked(YamlNode node, List<String> keys, String path, String base) {
    if (node instanceof YamlNode.Listing list) {
      List<YamlNode> elements = new ArrayList<>();
      for (YamlNode element : list.elements()) {
        elements.add(walked(element, keys, SpecPath.element(path, elements.size()), base));
      }
      return new YamlNode.Listing(list.line(), elements);
    }
    if (keys.isEmpty()) {
      return resolved(node, path, base);
    }
    String key = keys.get(0);
    if (!(node instanceof YamlNode.Mapping mapping) || !mapping.entries().containsKey(key)) {
      return node;
    }
    YamlNode value = mapping.entries().get(key);
    List<String> rest = keys.subList(1, keys.size());
    return mapping.with(key, walked(value, rest, SpecPath.child(path, key), base));
  }

  private YamlNode resolved(YamlNode node, String path, String base) {
    // Weights may be null, and a home folder is no checkpoint.
    if (isHome(node) && !areWeights(path)) {
      return resolved(new YamlNode.Scalar(node.line(), "~", YamlNode.Style.PLAIN), path, base);
    }
    if (!(node instanceof YamlNode.Scalar scalar)
        || scalar.text().isBlank()
        || OneLine.hasControls(scalar.text())) {
      return node;
    }
    try {
      String absolute = locations.resolve(scalar.text(), from(node, base));
      requirePath(absolute);
      return new YamlNode.Scalar(node.line(), absolute, scalar.style());
    } catch (IllegalArgumentException e) {
      problems.add(path, "cannot be the path %s: %s", scalar.text(), e.getMessage());
      return node;
    }
  }

  private static boolean areWeights(String path) {
    String keys = path.replaceAll("\\[\\d+\\]", "");
    return WEIGHTS.stream().anyMatch(weights -> keys.equals(String.join(".", weights)));
  }

  private static void requirePath(String absolute) {
    Path path = new Path(absolute);
    if (!path.isAbsolute()) {
      throw new IllegalArgumentException(path + " begins at no root");
    }
  }

  // Whoever types a path on a command line means it from where they stand.
  private static String from(YamlNode node, String base) {
    if (node.line() == YamlNode.NO_LINE) {
      return Locations.current();
    }
    return base;
  }
}
