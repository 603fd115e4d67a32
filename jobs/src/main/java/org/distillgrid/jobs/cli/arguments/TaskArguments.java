package org.distillgrid.jobs.cli.arguments;

import java.util.OptionalInt;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.task.Tasks;
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
      paramLabel = "N",
      description =
          "Target size over input size, for instance 2; needed unless the task has one scale only.")
  private Integer scale;

  /**
   * Returns the task.
   *
   * @throws org.distillgrid.kd.error.GridException if there is none of that name and scale
   */
  public Task task() {
    if (scale == null) {
      return Tasks.of(name, OptionalInt.empty());
    }
    return Tasks.of(name, scale);
  }
}
