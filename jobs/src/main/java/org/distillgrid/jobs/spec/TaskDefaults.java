package org.distillgrid.jobs.spec;

import java.util.Collections;
import java.util.Set;
import org.distillgrid.jobs.spec.yaml.YamlNode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.task.TaskSum;

/**
 * Writes a task's name out in full, so that a run has one spelling of it, and the scale that it has
 * by default.
 */
final class TaskDefaults {
  private static final String TASK = "task";
  private static final String NAME = "name";
  private static final String SCALE = "scale";

  private TaskDefaults() {}

  /** Returns the completed tree of a spec; what is wrong with it is left for the checks to say. */
  static YamlNode.Mapping in(YamlNode.Mapping root, Catalog catalog) {
    if (!(root.entries().get(TASK) instanceof YamlNode.Mapping task)
        || !(task.entries().get(NAME) instanceof YamlNode.Scalar written)) {
      return root;
    }
    TaskSum name;
    try {
      name = catalog.task(written.text());
    } catch (GridException e) {
      return root;
    }
    YamlNode.Mapping full = task.with(NAME, text(written.line(), name.canonical()));
    Set<Integer> scales = name.scales();
    int least = Collections.min(scales);
    if (task.lacks(SCALE) && (scales.size() == 1 || least == 1)) {
      full = full.with(SCALE, text(YamlNode.NO_LINE, Integer.toString(least)));
    }
    return root.with(TASK, full);
  }

  private static YamlNode text(int line, String text) {
    return new YamlNode.Scalar(line, text, YamlNode.Style.PLAIN);
  }
}
