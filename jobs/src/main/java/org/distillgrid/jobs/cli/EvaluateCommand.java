package org.distillgrid.jobs.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.distillgrid.jobs.cli.arguments.ChannelArguments;
import org.distillgrid.jobs.cli.arguments.ImageArguments;
import org.distillgrid.jobs.cli.arguments.JudgementArguments;
import org.distillgrid.jobs.cli.arguments.LpipsArguments;
import org.distillgrid.jobs.cli.arguments.MemoryArguments;
import org.distillgrid.jobs.cli.arguments.TaskArguments;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.eval.Evaluator;
import org.distillgrid.kd.eval.ImageScore;
import org.distillgrid.kd.eval.Judge;
import org.distillgrid.kd.eval.LoadedNetwork;
import org.distillgrid.kd.eval.LpipsMetric;
import org.distillgrid.kd.eval.ModelWeights;
import org.distillgrid.kd.eval.NamedImage;
import org.distillgrid.kd.eval.Restoration;
import org.distillgrid.kd.task.Judgement;
import org.distillgrid.kd.task.Task;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores a checkpoint on images. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Scores a checkpoint on ground-truth images, which the task degrades, or with --task pairs",
      "on images that lie beside them.",
      "Prints PSNR and SSIM of each image and their mean as comma-separated values, and",
      "LPIPS, of which lower is better, where its weights are given.",
      "An image that cannot be read or scored is named and left out of the mean; the exit",
      "status is then 3."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  distill-grid evaluate --model rlfn --weights rlfn_x2.pth --task sr --scale 2 --data Set5",
      "  distill-grid evaluate --weights runs/quickstart/teacher/weights.safetensors --scale 2"
          + " --data Set5",
      "  distill-grid evaluate --model dncnn --weights dncnn_gray_s25.pth --task denoise-s25"
          + " --channels 1 --data Set12",
      "  distill-grid evaluate --model nafnet-w16 --weights derained.pth --task pairs --scale 1"
          + " --inputs rain/input --data rain/target"
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
      description =
          "The checkpoint: .safetensors, .pth, .pt or .npz; FILE#ema takes the network ema of"
              + " several in it.")
  private String weights;

  @Mixin private TaskArguments restoring;

  @Option(
      names = "--data",
      required = true,
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "Ground-truth images, as data.train of a spec names them: folders with what is below"
              + " them, files, globs, Hadoop URIs.")
  private List<String> data;

  @Option(
      names = "--inputs",
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "With --task pairs: what the network is shown, files of their own that are called as"
              + " those of --data are, save for the field's suffixes; one path for each of --data.")
  private List<String> inputs;

  @Option(
      names = "--pattern",
      paramLabel = "PATTERN",
      description =
          "With --task pairs: how inputs are called, {} being the ground truth's name: {}x2; or"
              + " both names: {}_gt:{}_lq.")
  private String pattern;

  @Mixin private ChannelArguments channels;

  @Mixin private JudgementArguments judging;

  @Mixin private LpipsArguments perceptual;

  @Mixin private ImageArguments reading;

  @Mixin private MemoryArguments memory;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    Task task = restoring.task();
    Judgement judgement = judging.or(task.judgement());
    GroundTruths truths = truths(task);
    ModelWeights given =
        new ModelWeights(
            Path.of(weights), Optional.ofNullable(model), channels.given(), task.scale());
    try (LpipsMetric lpips = perceptual.open(memory.bound());
        LoadedNetwork loaded = given.open(this::say)) {
      Evaluator evaluator =
          Evaluator.of(task, loaded.network().target().imageChannels())
              .judgedBy(Judge.by(judgement, lpips));
      Restoration restoration = Restoration.by(loaded.network(), task, memory.bound(), this::note);
      ScoreCsv table = new ScoreCsv(command.commandLine().getOut(), lpips);
      return score(
          truths, table, image -> evaluator.scores(restoration, List.of(image), score -> {}));
    }
  }

  private GroundTruths truths(Task task) {
    if (task.readsInputs() && inputs == null) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot evaluate under task %s: --inputs names what the network is shown",
          task.name());
    }
    if (!task.readsInputs() && (inputs != null || pattern != null)) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot evaluate: --inputs and --pattern go with --task pairs, task %s makes its inputs"
              + " itself",
          task.name());
    }
    if (inputs == null) {
      return GroundTruths.of(data, reading.reader());
    }
    return GroundTruths.ofPairs(
        data, inputs, Optional.ofNullable(pattern), reading.reader(), this::say);
  }

  private int score(
      GroundTruths truths, ScoreCsv table, Function<NamedImage, List<ImageScore>> scoring) {
    List<ImageScore> scores = new ArrayList<>();
    List<String> leftOut = new ArrayList<>(truths.misfits());
    leftOut.forEach(this::sayLeftOut);
    for (NamedImage image : truths.images()) {
      try {
        for (ImageScore score : scoring.apply(image)) {
          table.print(truths.name(score), score.score());
          scores.add(score);
        }
      } catch (GridException e) {
        if (e.code() != ErrorCode.INPUT) {
          throw e;
        }
        leftOut.add(e.getMessage());
        sayLeftOut(e.getMessage());
      }
    }
    if (scores.isEmpty()) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot evaluate: none of %d images is usable (%s)",
          leftOut.size(),
          leftOut.get(0));
    }
    table.print("mean", ImageScore.mean(scores));
    if (leftOut.isEmpty()) {
      return 0;
    }
    return ErrorCode.INPUT.exitStatus();
  }

  private void sayLeftOut(String line) {
    say("left out: " + line);
  }

  private void note(String line) {
    say("note: " + line);
  }

  private void say(String line) {
    PrintWriter err = command.commandLine().getErr();
    err.println(line);
    err.flush();
  }
}
