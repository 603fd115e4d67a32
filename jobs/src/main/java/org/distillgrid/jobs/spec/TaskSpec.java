package org.distillgrid.jobs.spec;

import java.io.Serializable;
import org.distillgrid.kd.registry.Registry;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.task.TaskFamily;

/** What is restored. */
public record TaskSpec(
    @Key(help = "a name of `distill-grid list tasks`", standard = "sr") String name,
    @Key(help = "target size over input size", standard = "2", least = 1, most = 16) int scale)
    implements Serializable {

  /**
   * Returns the task of that name and scale.
   *
   * @throws org.distillgrid.kd.error.GridException if there is none
   */
  public Task task() {
    return Registry.load("task", TaskFamily.class).named(name).task(scale);
  }
}
