package org.distillgrid.kd.task;

import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.MatlabBicubic;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.Plane;
import org.distillgrid.kd.image.UnitRange;

/**
 * Enlarging an image that MATLAB's bicubic resize made small. Judged on luma, with as many pixels
 * left out at each border as the scale says.
 *
 * <p>Networks of one channel restore rounded luma. For evaluation it is made small in floating
 * point and shown to them unrounded, as in the papers that work on it (SRCNN, VDSR and their
 * followers); patches for training are stored in 8 bits like those of colour images.
 *
 * @param scale target size over input size
 */
public record SuperResolution(int scale) implements Task {
  private static final long serialVersionUID = 1L;

  /** Its name in a spec. */
  public static final String NAME = "sr";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PlanarImage align(PlanarImage groundTruth) {
    int height = groundTruth.height() - groundTruth.height() % scale;
    int width = groundTruth.width() - groundTruth.width() % scale;
    if (height == 0 || width == 0) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot shrink an image of %d×%d pixels by %d",
          groundTruth.height(),
          groundTruth.width(),
          scale);
    }
    if (height == groundTruth.height() && width == groundTruth.width()) {
      return groundTruth;
    }
    return groundTruth.crop(0, 0, height, width);
  }

  @Override
  public PlanarImage degrade(PlanarImage aligned) {
    return MatlabBicubic.downscale(aligned, scale);
  }

  @Override
  public Degraded degraded(PlanarImage aligned) {
    PlanarImage stored = degrade(aligned);
    if (aligned.channels() == 1) {
      Plane exact = MatlabBicubic.downscale(Plane.of(aligned, 0), scale);
      return new Degraded(stored, Optional.of(exact));
    }
    return Degraded.of(stored);
  }

  @Override
  public float[] input(PlanarImage stored, UniformRandomProvider draws) {
    return UnitRange.of(stored);
  }

  @Override
  public boolean inputIsFixed() {
    return true;
  }

  @Override
  public Judgement judgement() {
    return new Judgement(Judgement.ColorSpace.Y, scale);
  }
}
