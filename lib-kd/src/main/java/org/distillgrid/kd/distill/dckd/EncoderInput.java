package org.distillgrid.kd.distill.dckd;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.Scratch;
import org.distillgrid.kd.nn.Shifted;
import org.distillgrid.kd.perceptual.PerceptualEncoder;

/** How images enter the encoder. */
enum EncoderInput {
  /** As they are, in [0, 1]: the released code's. */
  UNIT {
    @Override
    PerceptualEncoder before(PerceptualEncoder encoder) {
      return encoder;
    }
  },
  /** In [−1, 1], which VQGAN was trained on. */
  SIGNED {
    @Override
    PerceptualEncoder before(PerceptualEncoder encoder) {
      return new Signed(encoder);
    }
  };

  /** Returns an encoder of images in [0, 1]. */
  abstract PerceptualEncoder before(PerceptualEncoder encoder);

  private record Signed(PerceptualEncoder encoder) implements PerceptualEncoder {
    @Override
    public List<NDArray> levels(NDArray images) {
      return encoder.levels(signed(images));
    }

    @Override
    public Encoding encode(NDArray images) {
      return encoder.encode(signed(images));
    }

    @Override
    public NDArray codebook() {
      return encoder.codebook();
    }

    private static NDArray signed(NDArray images) {
      return Scratch.run(images, alias -> Shifted.by(-1, Scaled.by(2, alias)));
    }
  }
}
