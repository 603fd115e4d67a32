package org.distillgrid.jobs.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.distillgrid.kd.eval.FolderDegradation;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.registry.Registry;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.task.TaskFamily;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code degrade}: makes the inputs of a task from images. */
@Command(
    name = "degrade",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the input images of a task from ground truth.",
      "Images that cannot be read are named and left out; it fails when none is left."
    })
public final class DegradeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--task",
      defaultValue = "sr",
      description = "Task, see 'list tasks' (default: ${DEFAULT-VALUE}).")
  private String task;

  @Option(
      names = "--scale",
      required = true,
      description = "Target size over input size, for instance 2.")
  private int scale;

  @Option(
      names = "--max-pixels",
      defaultValue = "100000000",
      description = "Refuse images of more pixels (default: ${DEFAULT-VALUE}).")
  private long maxPixels;

  @Option(names = "--overwrite", description = "Replace files that exist in OUT.")
  private boolean overwrite;

  @Parameters(
      index = "0",
      paramLabel = "IN",
      description = "An image, or a folder of PNG, JPEG, BMP, TIFF and WebP images.")
  private Path source;

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      description = "Folder for the results, made when absent: <name>.png for each image.")
  private Path target;

  @Override
  public Integer call() {
    Task degrading = Registry.load("task", TaskFamily.class).named(task).task(scale);
    FolderDegradation degradation =
        new FolderDegradation(degrading, ImageReader.bounded(maxPixels));
    FolderDegradation.Outcome outcome = degradation.run(source, target, existing());
    PrintWriter err = spec.commandLine().getErr();
    outcome.rejected().forEach(line -> err.println("left out: " + line));
    err.flush();
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%d images written to %s%n", outcome.written().size(), target);
    out.flush();
    return 0;
  }

  private FolderDegradation.Existing existing() {
    if (overwrite) {
      return FolderDegradation.Existing.REPLACE;
    }
    return FolderDegradation.Existing.REFUSE;
  }
}
