package org.distillgrid.jobs.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.eval.FolderMetrics;
import org.distillgrid.kd.eval.ImageScore;
import org.distillgrid.kd.task.Judgement;
import org.distillgrid.kd.task.Judgement.ColorSpace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code metrics}: PSNR and SSIM of a folder of images against another. */
@Command(
    name = "metrics",
    mixinStandardHelpOptions = true,
    description = {
      "Compares restored images with their ground truth; the pairs have the same name before the dot.",
      "Prints CSV: image,psnr,ssim for each pair, then the mean. Identical images have psnr inf."
    })
public final class MetricsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--reference", required = true, description = "Folder of the ground truth.")
  private Path reference;

  @Option(names = "--restored", required = true, description = "Folder of the restored images.")
  private Path restored;

  @Option(
      names = "--crop",
      defaultValue = "0",
      description =
          "Pixels left out at each border; super-resolution takes its scale"
              + " (default: ${DEFAULT-VALUE}).")
  private int crop;

  @Option(
      names = "--space",
      defaultValue = "y",
      description = "y: BT.601 luma, unrounded; rgb: all channels (default: ${DEFAULT-VALUE}).")
  private String space;

  @Mixin private ImageArguments reading;

  @Override
  public Integer call() {
    FolderMetrics metrics = new FolderMetrics(judgement(), reading.reader());
    List<ImageScore> scores = metrics.compare(reference, restored);
    ScoreCsv csv = new ScoreCsv(spec.commandLine().getOut());
    scores.forEach(score -> csv.print(score.image(), score.score()));
    csv.print("mean", ImageScore.mean(scores));
    return 0;
  }

  private Judgement judgement() {
    if (crop < 0) {
      throw GridException.of(ErrorCode.USAGE, "Cannot crop a negative border: --crop %d", crop);
    }
    ColorSpace colorSpace =
        switch (space.toLowerCase(Locale.ROOT)) {
          case "y" -> ColorSpace.Y;
          case "rgb" -> ColorSpace.RGB;
          default ->
              throw GridException.of(ErrorCode.USAGE, "Unknown --space: %s (valid: y, rgb)", space);
        };
    return new Judgement(colorSpace, crop);
  }
}
