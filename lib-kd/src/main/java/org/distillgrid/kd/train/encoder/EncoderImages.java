package org.distillgrid.kd.train.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.nn.block.Padding;
import org.distillgrid.kd.perceptual.VqAutoEncoder;
import org.distillgrid.kd.train.patches.ImageErrors;
import org.distillgrid.kd.train.patches.PatchSource;

/** Ground truth as an auto-encoder sees it: in colour, with sides that are multiples of 16. */
final class EncoderImages {
  private static final int COLOURS = 3;
  private static final long STRIDE = 16;
  private static final double LEVELS = 255;

  private EncoderImages() {}

  /** Returns images in colour, continued by reflection, N×3×H×W. */
  static NDArray of(NDArray images) {
    NDArray coloured = images;
    if (images.getShape().get(1) != COLOURS) {
      coloured = images.repeat(1, COLOURS);
    }
    return Padding.reflectTo(coloured, STRIDE);
  }

  /**
   * Returns the mean PSNR in dB of decoded images, each by its patches; NaN when there are none.
   */
  static double psnr(
      PatchSource patches, VqAutoEncoder network, Codebook codebook, NDManager manager) {
    ImageErrors errors = new ImageErrors(patches);
    for (int i = 0; i < patches.size(); i++) {
      PlanarImage image = patches.pair(i).target();
      try (NDManager scratch = manager.newSubManager()) {
        NDArray target = of(tensor(image, scratch));
        NDArray error =
            GradientMode.off(
                () -> {
                  NDArray latent = codebook.lookUp(network.latent(target), 0).quantized();
                  return network.decode(latent).clip(0, 1).sub(target).square().mean();
                });
        errors.add(i, LEVELS * LEVELS * HostValues.number(error));
      }
    }
    return errors.psnr();
  }

  private static NDArray tensor(PlanarImage image, NDManager manager) {
    Shape shape = new Shape(1, image.channels(), image.height(), image.width());
    return Tensors.aligned(UnitRange.of(image), shape, manager);
  }
}
