package org.distillgrid.jobs.cli.arguments;

import java.util.Optional;
import org.distillgrid.kd.eval.LpipsMetric;
import org.distillgrid.kd.eval.MemoryBound;
import org.distillgrid.kd.perceptual.lpips.Backbone;
import org.distillgrid.kd.perceptual.lpips.LpipsFiles;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options of every command that can measure LPIPS, all or none; used as a mixin. */
public final class LpipsArguments {
  @ArgGroup(exclusive = false)
  private Given given;

  /** What is given together. */
  static final class Given {
    @Option(
        names = "--lpips-backbone",
        required = true,
        paramLabel = "NAME",
        description = "Measure LPIPS in the features of alex, squeeze or vgg.")
    private String backbone;

    @Option(
        names = "--lpips-features",
        required = true,
        paramLabel = "FILE",
        description = "The backbone's weights under torchvision's names.")
    private String features;

    @Option(
        names = "--lpips-linear",
        required = true,
        paramLabel = "FILE",
        description = "The linear weights under lpips' names.")
    private String linear;
  }

  /**
   * Opens what is given; without it, nothing is measured.
   *
   * @param memory that one comparison may take
   * @throws org.distillgrid.kd.error.GridException if there is no such backbone, or a file cannot
   *     be read or is of another network
   */
  public LpipsMetric open(MemoryBound memory) {
    return Optional.ofNullable(given)
        .map(all -> new LpipsFiles(Backbone.named(all.backbone), all.features, all.linear))
        .map(files -> LpipsMetric.open(files, memory))
        .orElse(LpipsMetric.none());
  }
}
