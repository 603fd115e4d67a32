package org.distillgrid.jobs.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.distillgrid.jobs.cli.arguments.ImageArguments;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.eval.FolderMetrics;
import org.distillgrid.kd.eval.ImageScore;
import org.distillgrid.kd.eval.PairNaming;
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
      "Compares restored images with their ground truth. Pairs have the same name,",
      "or names that differ in what the field's tools append: 0801 and 0801x2,",
      "baby and baby_SwinIR, a_gt and a_lq.",
      "Prints CSV: image,psnr,ssim for each pair, then the mean. Identical images have",
      "psnr inf; images smaller than 11x11 have no ssim. A pair that cannot be compared",
      "is named and left out; the exit status is then 3."
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

  @Option(
      names = "--pattern",
      paramLabel = "PATTERN",
      description =
          "How the restored images are called, {} being the ground truth's name: {}_x2;"
              + " or both names: {}_gt:{}_lq.")
  private String pattern;

  @Mixin private ImageArguments reading;

  @Override
  public Integer call() {
    FolderMetrics metrics = new FolderMetrics(judgement(), reading.reader(), naming());
    FolderMetrics.Outcome outcome = metrics.compare(reference, restored);
    ScoreCsv csv = new ScoreCsv(spec.commandLine().getOut());
    outcome.scores().forEach(score -> csv.print(score.image(), score.score()));
    csv.print("mean", ImageScore.mean(outcome.scores()));
    if (outcome.leftOut().isEmpty()) {
      return 0;
    }
    PrintWriter err = spec.commandLine().getErr();
    outcome.leftOut().forEach(line -> err.println("left out: " + line));
    err.flush();
    return ErrorCode.INPUT.exitStatus();
  }

  private PairNaming naming() {
    if (pattern == null) {
      return PairNaming.byFieldSuffixes();
    }
    return PairNaming.byPattern(pattern);
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
