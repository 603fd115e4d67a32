package org.distillgrid.jobs.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.task.TaskName;

/** Writes a task's name out in full, so that a run has one spelling of it, and its only scale. */
final class TaskDefaults {
  private static final String TASK = "task";
  private static final String NAME = "name";
  private static final String SCALE = "scale";

  private TaskDefaults() {}

  /** Completes the tree of a spec; what is wrong with it is left for the checks to say. */
  static void apply(ObjectNode root, Catalog catalog) {
    if (!(root.path(TASK) instanceof ObjectNode task) || !task.path(NAME).isTextual()) {
      return;
    }
    TaskName name;
    try {
      name = catalog.task(task.path(NAME).asText());
    } catch (GridException e) {
      return;
    }
    task.put(NAME, name.canonical());
    Set<Integer> scales = catalog.family(name).scales();
    JsonNode scale = task.path(SCALE);
    if (scales.size() == 1 && (scale.isMissingNode() || scale.isNull())) {
      task.put(SCALE, scales.iterator().next());
    }
  }
}
