package org.distillgrid.kd.task;

import java.util.Optional;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.MatlabBicubic;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.Plane;

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
public record SuperResolution(int scale) implements StoredInput {
  private static final long serialVersionUID = 1L;

  /** Its name in a spec. */
  public static final String NAME = "sr";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PlanarImage align(PlanarImage groundTruth) {
    return ScaleMultiple.of(groundTruth, scale)
        .orElseThrow(
            () ->
                GridException.of(
                    ErrorCode.INPUT,
                    "Cannot shrink an image of %d×%d pixels by %d",
                    groundTruth.height(),
                    groundTruth.width(),
                    scale));
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
  public Judgement judgement() {
    return new Judgement(Judgement.ColorSpace.Y, scale);
  }
}
