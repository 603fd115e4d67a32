package org.distillgrid.jobs.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.eval.Evaluator;
import org.distillgrid.kd.eval.ImageFolder;
import org.distillgrid.kd.eval.ImageScore;
import org.distillgrid.kd.eval.LoadedNetwork;
import org.distillgrid.kd.eval.NamedImage;
import org.distillgrid.kd.eval.Restoration;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.task.Tasks;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.Checkpoints;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores a checkpoint on a folder of images. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Scores a checkpoint on a folder of ground-truth images, which the task degrades.",
      "Prints PSNR and SSIM of each image and their mean as comma-separated values."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  distill-grid evaluate --model rlfn --weights rlfn_x2.pth --task sr --scale 2 --data Set5",
      "  distill-grid evaluate --weights runs/quickstart/teacher/weights.safetensors --scale 2"
          + " --data Set5",
      "  distill-grid evaluate --model dncnn --weights dncnn_gray_s25.npz --task denoise-s25"
          + " --channels 1 --data Set12"
    })
public final class EvaluateCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The model, as edsr-c64-b16; by default the one that the checkpoint names.")
  private String model;

  @Option(
      names = "--weights",
      required = true,
      paramLabel = "FILE",
      description = "The checkpoint: .safetensors, .pth, .pt or .npz.")
  private Path weights;

  @Option(
      names = "--task",
      paramLabel = "NAME",
      defaultValue = "sr",
      description = "The task, see 'list tasks' (default: ${DEFAULT-VALUE}).")
  private String task;

  @Option(
      names = "--scale",
      paramLabel = "N",
      description = "Output size over input size; needed unless the task has one scale only.")
  private Integer scale;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The folder of ground-truth images.")
  private Path data;

  @Option(
      names = "--channels",
      paramLabel = "N",
      description =
          "Image channels of the model, 1 or 3; by default what the checkpoint says, else 3.")
  private Integer channels;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      defaultValue = "100000000",
      description = "Refuse images of more pixels (default: ${DEFAULT-VALUE}).")
  private long maxPixels;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    Task restored = task();
    List<NamedImage> images = ImageFolder.images(data, ImageReader.bounded(maxPixels));
    Checkpoint checkpoint = Checkpoints.open(weights);
    ModelTarget target = new ModelTarget(imageChannels(checkpoint), restored.scale());
    try (LoadedNetwork loaded =
        LoadedNetwork.open(modelName(checkpoint), target, checkpoint, weights.toString())) {
      ScoreCsv table = new ScoreCsv(command.commandLine().getOut());
      List<ImageScore> scores =
          Evaluator.of(restored, target.imageChannels())
              .scores(
                  Restoration.by(loaded.network(), restored),
                  images,
                  score -> table.print(score.image(), score.score()));
      table.print("mean", ImageScore.mean(scores));
    }
    return 0;
  }

  private Task task() {
    if (scale == null) {
      return Tasks.of(task, OptionalInt.empty());
    }
    return Tasks.of(task, scale);
  }

  private String modelName(Checkpoint checkpoint) {
    return Optional.ofNullable(model)
        .or(() -> Optional.ofNullable(checkpoint.metadata().get(Network.MODEL_KEY)))
        .orElseThrow(
            () ->
                GridException.of(
                    ErrorCode.USAGE,
                    "Cannot evaluate %s: it names no model; say which with --model",
                    weights));
  }

  private int imageChannels(Checkpoint checkpoint) {
    if (channels == null) {
      return Network.imageChannels(checkpoint).orElse(3);
    }
    if (channels != 1 && channels != 3) {
      throw GridException.of(
          ErrorCode.USAGE, "Cannot evaluate: --channels must be 1 or 3, not %d", channels);
    }
    return channels;
  }
}
