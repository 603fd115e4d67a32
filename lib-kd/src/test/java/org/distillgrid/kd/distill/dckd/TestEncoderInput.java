package org.distillgrid.kd.distill.dckd;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.perceptual.NarrowEncoder;
import org.distillgrid.kd.perceptual.PerceptualEncoder;
import org.junit.jupiter.api.Test;

class TestEncoderInput {
  @Test
  void imagesEnterAsTheyAreOrBetweenMinusOneAndOne() {
    try (NDManager manager = NDManager.newBaseManager()) {
      PerceptualEncoder encoder = NarrowEncoder.open(manager);
      NDArray images = manager.arange(3 * 16 * 16).reshape(new Shape(1, 3, 16, 16)).div(768);
      assertThat(EncoderInput.UNIT.before(encoder)).isSameAs(encoder);
      PerceptualEncoder signed = EncoderInput.SIGNED.before(encoder);
      PerceptualEncoder.Encoding wanted = encoder.encode(images.mul(2).sub(1));
      assertThat(signed.encode(images).latent().toFloatArray())
          .isEqualTo(wanted.latent().toFloatArray());
      for (int level = 0; level < PerceptualEncoder.LEVELS; level++) {
        assertThat(signed.levels(images).get(level).toFloatArray())
            .isEqualTo(wanted.levels().get(level).toFloatArray());
      }
      assertThat(signed.codebook()).isSameAs(encoder.codebook());
    }
  }
}
