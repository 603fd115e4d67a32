package org.distillgrid.kd.distill.mipkd;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;

/**
 * Makes feature prior mixers.
 *
 * @param layers registers their layers
 * @param form of all of them
 */
record MixerFactory(LayerFactory layers, Form form) {
  private static final String FIRST = "0";
  private static final String SECOND = "2";

  /** What encoders and decoders are made of. */
  enum Layers {
    /** Convolutions of 3×3. */
    CNN,
    /** Convolutions of 1×1, a perceptron at every place. */
    MLP;

    int kernel() {
      return switch (this) {
        case CNN -> 3;
        case MLP -> 1;
      };
    }
  }

  /** Whether both networks have an encoder. */
  enum Encoders {
    /** Each has one of its own. */
    SEPARATE,
    /** One for both; where widths differ, all of it but the convolution that reads features. */
    SHARED
  }

  /**
   * What all mixers of a trial have in common.
   *
   * @param layers what encoders and decoders are made of
   * @param latent channels of the latent space, 0 for the student's width
   * @param encoders one or two
   */
  record Form(Layers layers, int latent, Encoders encoders) {}

  /**
   * Makes the mixer of one point.
   *
   * @param point counted from 0
   * @param student width of its features
   * @param teacher width of its features
   */
  FeatureMixer mixer(int point, int student, int teacher) {
    LayerFactory own = layers.under(Integer.toString(point));
    int latent = form.latent();
    if (latent == 0) {
      latent = student;
    }
    Coder fromTeacher = coder(own.under("teacher_encoder"), teacher, latent, latent);
    LayerFactory reading = own.under("student_encoder");
    Coder fromStudent =
        switch (form.encoders()) {
          case SEPARATE -> coder(reading, student, latent, latent);
          case SHARED -> shared(fromTeacher, reading, student, teacher);
        };
    Optional<UnaryOperator<NDArray>> toStudent = Optional.empty();
    if (student != teacher) {
      Coder decoder = coder(own.under("student_decoder"), latent, latent, student);
      toStudent = Optional.of(decoder::forward);
    }
    Coder toTeacher = coder(own.under("decoder"), latent, latent, teacher);
    return new FeatureMixer(
        fromTeacher::forward, fromStudent::forward, toTeacher::forward, toStudent);
  }

  private Coder shared(Coder fromTeacher, LayerFactory reading, int student, int teacher) {
    if (student == teacher) {
      return fromTeacher;
    }
    int latent = Math.toIntExact(fromTeacher.second().weight().shape().get(0));
    return new Coder(
        reading.conv(FIRST, student, latent, form.layers().kernel(), InputRange.SIGNED),
        fromTeacher.second());
  }

  private Coder coder(LayerFactory part, int in, int inner, int out) {
    return new Coder(
        part.conv(FIRST, in, inner, form.layers().kernel(), InputRange.SIGNED),
        part.conv(SECOND, inner, out, form.layers().kernel(), InputRange.NON_NEGATIVE));
  }
}
