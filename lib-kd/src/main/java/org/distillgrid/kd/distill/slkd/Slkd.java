package org.distillgrid.kd.distill.slkd;

import java.util.List;
import org.distillgrid.kd.distill.DeclaredTerm;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.TeacherUse;
import org.distillgrid.kd.distill.TermMethod;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/**
 * Simultaneous learning from degraded and clean images: {@code L = L1(S, Y) + logits · L1(S, T) +
 * divergence · KL(T ‖ S) + removal · Σ_encoder L1(N(c_k(F_S^k)), N(F_A^k)) + reconstruction ·
 * Σ_decoder E(c_k(F_S^k), F_B^k)}. F_A are features of the teacher on the degraded input, F_B those
 * on the clean image, c_k a 1×1 convolution to the teacher's width that trains with the student and
 * is dropped afterwards, N {@link NaturalStatistics}, E the distance of {@link EdgeTexture}.
 *
 * <p>Source: Zhang and Yan, SLKD, ICASSP 2025, arXiv 2501.09268. Known, by its abstract and by
 * summaries: two teachers, one on degraded and one on clean images; the student's encoder learns
 * from the one by an extractor after BRISQUE, its decoder from the other by one after PIQE; a
 * module that brings features to one scale; L1 and KL on images. Its formulas and weights were not
 * to be had: everything else is reconstructed.
 */
public final class Slkd implements TermMethod {
  static final String NAME = "slkd";

  private static final String LOGITS = "logits";
  private static final String DIVERGENCE = "divergence";
  private static final String REMOVAL = "removal";
  private static final String RECONSTRUCTION = "reconstruction";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String help() {
    return "as logits + encoder learns from the teacher on degraded, decoder from it on clean"
        + " images";
  }

  @Override
  public List<ValueOption> options() {
    return List.of(
        ValueOption.number(LOGITS, "weight of L1(S, T); reconstructed", 1, 0, 1e6),
        ValueOption.number(DIVERGENCE, "weight of KL(T ‖ S); reconstructed", 1, 0, 1e6),
        ValueOption.number(
            REMOVAL, "weight of the encoder's statistics; reconstructed", 0.01, 0, 1e6),
        ValueOption.number(
            RECONSTRUCTION,
            "weight of the decoder's edges and texture; reconstructed",
            0.01,
            0,
            1e6),
        ValueOption.whole(
            "points", "pairs of features in encoder and decoder together; reconstructed", 4, 1, 64),
        ValueOption.whole("block", "side of a block of texture; known", 16, 1, 256));
  }

  @Override
  public TeacherUse teacherUse(OptionValues values) {
    if (values.number(RECONSTRUCTION) > 0) {
      return TeacherUse.NETWORK;
    }
    if (values.number(REMOVAL) > 0) {
      return TeacherUse.FEATURES;
    }
    return TeacherUse.OUTPUT;
  }

  @Override
  public List<DeclaredTerm> terms(OptionValues values) {
    return List.of(
        DeclaredTerm.of("pixel", 1),
        DeclaredTerm.pixelwise(LOGITS, values.number(LOGITS)),
        DeclaredTerm.of(SlkdDistiller.DIVERGENCE, values.number(DIVERGENCE)),
        DeclaredTerm.of(SlkdDistiller.REMOVAL, values.number(REMOVAL)),
        DeclaredTerm.of(SlkdDistiller.RECONSTRUCTION, values.number(RECONSTRUCTION)));
  }

  @Override
  public Distiller distiller(DistillerContext context, OptionValues values) {
    return new SlkdDistiller(
        context,
        new SlkdDistiller.Constants(
            values.number(LOGITS),
            values.number(DIVERGENCE),
            values.number(REMOVAL),
            values.number(RECONSTRUCTION),
            values.whole("points"),
            values.whole("block")));
  }
}
