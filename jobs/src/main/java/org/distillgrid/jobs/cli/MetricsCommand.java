package org.distillgrid.jobs.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.distillgrid.jobs.cli.arguments.ImageArguments;
import org.distillgrid.jobs.cli.arguments.JudgementArguments;
import org.distillgrid.jobs.cli.arguments.LpipsArguments;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.eval.FolderMetrics;
import org.distillgrid.kd.eval.ImageScore;
import org.distillgrid.kd.eval.Judge;
import org.distillgrid.kd.eval.LpipsMetric;
import org.distillgrid.kd.eval.MemoryBound;
import org.distillgrid.kd.eval.PairNaming;
import org.distillgrid.kd.task.Judgement;
import org.distillgrid.kd.task.Judgement.ColorSpace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code metrics}: PSNR, SSIM and LPIPS of a folder of images against another. */
@Command(
    name = "metrics",
    mixinStandardHelpOptions = true,
    description = {
      "Compares restored images with their ground truth. Pairs have the same name,",
      "or names that differ in what the field's tools append: 0801 and 0801x2,",
      "baby and baby_SwinIR, a_gt and a_lq.",
      "Prints CSV: image,psnr,ssim for each pair, then the mean; and lpips, of which lower",
      "is better, where its weights are given. Identical images have psnr inf; images",
      "smaller than 11x11 have no ssim. A pair that cannot be compared is named and left",
      "out; the exit status is then 3."
    },
    footerHeading = "%nExample:%n",
    footer = "  distill-grid metrics --reference data/sample/test --restored restored --crop 2")
public final class MetricsCommand implements Callable<Integer> {
  private static final Judgement STANDARD = new Judgement(ColorSpace.Y, 0);

  @Spec private CommandSpec spec;

  @Option(names = "--reference", required = true, description = "Folder of the ground truth.")
  private Path reference;

  @Option(names = "--restored", required = true, description = "Folder of the restored images.")
  private Path restored;

  @Option(
      names = "--pattern",
      paramLabel = "PATTERN",
      description =
          "How the restored images are called, {} being the ground truth's name: {}_x2;"
              + " or both names: {}_gt:{}_lq.")
  private String pattern;

  @Mixin private JudgementArguments judging;

  @Mixin private LpipsArguments perceptual;

  @Mixin private ImageArguments reading;

  @Override
  public Integer call() {
    Judgement judgement = judging.or(STANDARD);
    FolderMetrics.Outcome outcome;
    try (LpipsMetric lpips = perceptual.open(MemoryBound.STANDARD)) {
      Judge judge = Judge.by(judgement, lpips);
      outcome = new FolderMetrics(judge, reading.reader(), naming()).compare(reference, restored);
      ScoreCsv csv = new ScoreCsv(spec.commandLine().getOut(), lpips);
      outcome.scores().forEach(score -> csv.print(score.image(), score.score()));
      csv.print("mean", ImageScore.mean(outcome.scores()));
    }
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
}
