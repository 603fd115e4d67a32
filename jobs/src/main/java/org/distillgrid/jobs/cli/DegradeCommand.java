package org.distillgrid.jobs.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.distillgrid.jobs.cli.arguments.ImageArguments;
import org.distillgrid.jobs.cli.arguments.TaskArguments;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.eval.FolderDegradation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code degrade}: makes the inputs of a task from images. */
@Command(
    name = "degrade",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the input images of a task from ground truth, as PNG of 8 bits.",
      "What a task draws (noise, rain, a direction) is that of an evaluation of the image",
      "of this name; noise is clipped and rounded.",
      "An image that cannot be read is named and left out; the exit status is then 3."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  distill-grid degrade --task sr --scale 2 data/sample/test small",
      "  distill-grid degrade --task jpeg-q10 data/sample/test/astronaut.png jpeg"
    })
public final class DegradeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private TaskArguments degrading;

  @Mixin private ImageArguments reading;

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
    FolderDegradation degradation = new FolderDegradation(degrading.task(), reading.reader());
    FolderDegradation.Outcome outcome = degradation.run(source, target, existing());
    PrintWriter err = spec.commandLine().getErr();
    outcome.rejected().forEach(line -> err.println("left out: " + line));
    if (!outcome.rounded().isEmpty()) {
      err.printf(
          "note: noise is clipped and rounded to 8 bits in %d images; training and evaluation add it"
              + " as it is%n",
          outcome.rounded().size());
    }
    err.flush();
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%d images written to %s%n", outcome.written().size(), target);
    out.flush();
    if (outcome.rejected().isEmpty()) {
      return 0;
    }
    return ErrorCode.INPUT.exitStatus();
  }

  private FolderDegradation.Existing existing() {
    if (overwrite) {
      return FolderDegradation.Existing.REPLACE;
    }
    return FolderDegradation.Existing.REFUSE;
  }
}
