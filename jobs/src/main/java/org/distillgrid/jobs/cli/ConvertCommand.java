package org.distillgrid.jobs.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.model.FittingModels;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.Safetensors;
import org.distillgrid.kd.weights.file.Checkpoints;
import org.distillgrid.kd.weights.file.TakenWeights;
import org.distillgrid.kd.weights.file.WeightPath;
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
      "Writes the network of a checkpoint as 32-bit floats in another format: its own names without"
          + " a prefix, weight norm folded, buffers that are no weights left out.",
      "A .pth file opens with torch.load, a .safetensors file with safetensors."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  distill-grid convert runs/quickstart/teacher/weights.safetensors teacher.pth",
      "  distill-grid convert rlfn_x2.pth rlfn_x2.safetensors",
      "  distill-grid convert training.ckpt#ema clean.pth"
    })
public final class ConvertCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      description =
          "The checkpoint: .safetensors, .pth, .pt or .npz; FILE#ema takes the network ema of"
              + " several in it.")
  private String file;

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
    TakenWeights taken = Checkpoints.take(WeightPath.of(file), FittingModels::anyOf);
    taken.line().ifPresent(command.commandLine().getErr()::println);
    Checkpoint checkpoint = taken.checkpoint();
    if (safetensors) {
      Safetensors.write(checkpoint, out);
    } else {
      Pth.write(checkpoint, out);
    }
    command.commandLine().getOut().printf("%s: %d tensors%n", out, checkpoint.tensors().size());
    return 0;
  }
}
