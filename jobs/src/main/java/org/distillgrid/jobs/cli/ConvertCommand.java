package org.distillgrid.jobs.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.Safetensors;
import org.distillgrid.kd.weights.file.Checkpoints;
import org.distillgrid.kd.weights.torch.Pth;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a checkpoint in another format. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the tensors of a checkpoint as 32-bit floats in another format, under the same"
          + " names.",
      "A .pth file opens with torch.load, a .safetensors file with safetensors."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  distill-grid convert runs/quickstart/teacher/weights.safetensors teacher.pth",
      "  distill-grid convert rlfn_x2.pth rlfn_x2.safetensors"
    })
public final class ConvertCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The checkpoint: .safetensors, .pth, .pt or .npz.")
  private Path file;

  @Parameters(
      paramLabel = "OUT",
      description = "The file to write; its name ends in .safetensors, .pth or .pt.")
  private Path out;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    String name = String.valueOf(out.getFileName()).toLowerCase(Locale.ROOT);
    boolean safetensors = name.endsWith(".safetensors");
    if (!safetensors && !name.endsWith(".pth") && !name.endsWith(".pt")) {
      throw GridException.of(
          ErrorCode.USAGE, "Cannot convert to %s: writable are .safetensors, .pth and .pt", out);
    }
    Checkpoint checkpoint = Checkpoints.open(file);
    if (safetensors) {
      Safetensors.write(checkpoint, out);
    } else {
      Pth.write(checkpoint, out);
    }
    command.commandLine().getOut().printf("%s: %d tensors%n", out, checkpoint.tensors().size());
    return 0;
  }
}
