package org.distillgrid.jobs.cli.arguments;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.task.Judgement;
import org.distillgrid.kd.task.Judgement.ColorSpace;
import picocli.CommandLine.Option;

/** The options of every command that compares images with their ground truth; used as a mixin. */
public final class JudgementArguments {
  @Option(
      names = "--space",
      paramLabel = "PLANES",
      description =
          "Planes that PSNR and SSIM compare. y: BT.601 luma, unrounded; rgb: all channels;"
              + " grey: one channel, rounded. Default: what --task says; y where there is none.")
  private String space;

  @Option(
      names = "--crop",
      paramLabel = "N",
      description =
          "Pixels left out at each border of PSNR and SSIM; super-resolution takes its scale."
              + " Default: what --task says; 0 where there is none.")
  private Integer crop;

  /**
   * Returns how images are compared.
   *
   * @param standard what is taken where nothing is given
   * @throws GridException if there are no such planes, or less than nothing is cropped
   */
  public Judgement or(Judgement standard) {
    return new Judgement(space(standard), crop(standard));
  }

  private ColorSpace space(Judgement standard) {
    if (space == null) {
      return standard.space();
    }
    return Arrays.stream(ColorSpace.values())
        .filter(each -> text(each).equals(space.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                GridException.of(
                    ErrorCode.USAGE,
                    "Unknown --space: %s (valid: %s)",
                    space,
                    Arrays.stream(ColorSpace.values())
                        .map(JudgementArguments::text)
                        .collect(Collectors.joining(", "))));
  }

  private static String text(ColorSpace space) {
    return space.name().toLowerCase(Locale.ROOT);
  }

  private int crop(Judgement standard) {
    if (crop == null) {
      return standard.cropPixels();
    }
    if (crop < 0) {
      throw GridException.of(ErrorCode.USAGE, "Cannot crop a negative border: --crop %d", crop);
    }
    return crop;
  }
}
