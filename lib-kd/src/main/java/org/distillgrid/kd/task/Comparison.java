package org.distillgrid.kd.task;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.Channels;
import org.distillgrid.kd.image.Luma;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.Plane;
import org.distillgrid.kd.image.Psnr;
import org.distillgrid.kd.image.Ssim;

/** Compares restored images with their ground truth as a judgement says. */
public final class Comparison {
  private final Judgement judgement;

  private Comparison(Judgement judgement) {
    this.judgement = judgement;
  }

  /** Returns the comparison that a judgement describes. */
  public static Comparison by(Judgement judgement) {
    return new Comparison(judgement);
  }

  /**
   * Returns PSNR and SSIM. The PSNR of several planes is that of their common mean squared error,
   * their SSIM the mean of the planes'; there is none where less than its window remains. Where
   * only one of the two is grey, it is repeated to RGB.
   *
   * @throws GridException with code INPUT if the images differ in size or nothing remains
   */
  public Score score(PlanarImage reference, PlanarImage restored) {
    Compared compared = compared(reference, restored);
    return new Score(
        Psnr.ofMeanSquaredError(compared.meanSquaredError()),
        similarity(compared.expected(), compared.actual()),
        OptionalDouble.empty());
  }

  /**
   * Returns what PSNR is made of: the common mean squared error of the planes, on the scale 0..255.
   *
   * @throws GridException as {@link #score}
   */
  public double meanSquaredError(PlanarImage reference, PlanarImage restored) {
    return compared(reference, restored).meanSquaredError();
  }

  /** The planes that are compared, without their borders. */
  private record Compared(List<Plane> expected, List<Plane> actual) {
    double meanSquaredError() {
      double error = 0;
      for (int i = 0; i < expected.size(); i++) {
        error += expected.get(i).meanSquaredError(actual.get(i));
      }
      return error / expected.size();
    }
  }

  private Compared compared(PlanarImage reference, PlanarImage restored) {
    requireSameSize(reference, restored);
    if (reference.channels() != restored.channels()) {
      return compared(Channels.RGB.of(reference), Channels.RGB.of(restored));
    }
    return new Compared(planes(cropped(reference)), planes(cropped(restored)));
  }

  /**
   * Refuses an image that could not be compared with any restoration of it.
   *
   * @throws GridException with code INPUT if nothing remains without its borders
   */
  public void require(PlanarImage reference) {
    int crop = judgement.cropPixels();
    if (Math.min(reference.height(), reference.width()) - 2L * crop < 1) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot compare images of %d×%d pixels: nothing remains without %d at each border",
          reference.height(),
          reference.width(),
          crop);
    }
  }

  private static OptionalDouble similarity(List<Plane> expected, List<Plane> actual) {
    Plane first = expected.get(0);
    if (first.height() < Ssim.WINDOW || first.width() < Ssim.WINDOW) {
      return OptionalDouble.empty();
    }
    double similarity = 0;
    for (int i = 0; i < expected.size(); i++) {
      similarity += Ssim.between(expected.get(i), actual.get(i));
    }
    return OptionalDouble.of(similarity / expected.size());
  }

  private PlanarImage cropped(PlanarImage image) {
    require(image);
    int crop = judgement.cropPixels();
    return image.crop(crop, crop, image.height() - 2 * crop, image.width() - 2 * crop);
  }

  private List<Plane> planes(PlanarImage image) {
    return switch (judgement.space()) {
      case Y -> List.of(Luma.of(image));
      case RGB -> IntStream.range(0, image.channels()).mapToObj(c -> Plane.of(image, c)).toList();
      case GREY -> List.of(Plane.of(Channels.GREY.of(image), 0));
    };
  }

  private static void requireSameSize(PlanarImage reference, PlanarImage restored) {
    if (reference.height() != restored.height() || reference.width() != restored.width()) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot compare images of different shapes: reference %s, restored %s",
          shape(reference),
          shape(restored));
    }
  }

  private static String shape(PlanarImage image) {
    return image.channels() + "×" + image.height() + "×" + image.width();
  }
}
