package org.distillgrid.jobs.cli;

import org.distillgrid.jobs.spec.TaskSpec;
import org.distillgrid.kd.task.Task;
import picocli.CommandLine.Option;

/** The options of every command that degrades images as a task says; used as a mixin. */
public final class TaskArguments {
  @Option(
      names = "--task",
      paramLabel = "NAME",
      defaultValue = "sr",
      description = "The task, see 'list tasks' (default: ${DEFAULT-VALUE}).")
  private String name;

  @Option(
      names = "--scale",
      required = true,
      paramLabel = "N",
      description = "Target size over input size, for instance 2.")
  private int scale;

  /**
   * Returns the task.
   *
   * @throws org.distillgrid.kd.error.GridException if there is none of that name and scale
   */
  public Task task() {
    return new TaskSpec(name, scale).task();
  }
}
