package org.distillgrid.kd.distill.csd;

import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.distill.DeclaredTerm;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.TeacherUse;
import org.distillgrid.kd.distill.TermMethod;
import org.distillgrid.kd.perceptual.PerceptualEncoder;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/**
 * Contrastive distillation: {@code L = L1(S, Y) + weight · Σ_i λ_i · d(f_i(S), f_i(T)) / (Σ_k
 * d(f_i(S), f_i(N_k)) + ε)}, d the mean absolute difference over the batch, f_i the levels of a
 * frozen {@link PerceptualEncoder}, N_k for each image another one of the batch, as degraded and
 * enlarged.
 *
 * <p>Source: Wang et al., CSD, IJCAI 2021, and its released code (known: formula, ten negatives out
 * of the batch, bicubic enlargement, λ_i = 1/32, 1/16, 1/8, 1/4, 1, ε, weight 200 for images in [0,
 * 255], which is 0.784 on [0, 1]). There the encoder is VGG19 and the student is a part of its
 * teacher, which learns too; here the encoder is the one of DCKD and the teacher is frozen.
 * Reconstructed: each image gets negatives of its own, by drawn distances along the batch, where
 * the code draws ten for all, an image itself among them.
 */
public final class Csd implements TermMethod {
  private static final String NAME = "csd";
  private static final double[] LEVELS = {0.03125, 0.0625, 0.125, 0.25, 1};

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String help() {
    return "L1 to the ground truth + nearer to the teacher than to other images, in an encoder";
  }

  @Override
  public List<ValueOption> options() {
    List<ValueOption> options = new ArrayList<>();
    options.add(
        ValueOption.number(
                "weight",
                "weight of the ratios' sum; known, scaled: published 200 for [0, 255]",
                0.784,
                0,
                1e6)
            .formerly(200));
    options.add(
        ValueOption.whole("negatives", "other images compared with each; known", 10, 1, 4096));
    for (int i = 0; i < LEVELS.length; i++) {
      options.add(
          ValueOption.number(level(i), "weight of the level's ratio; known", LEVELS[i], 0, 1e6));
    }
    options.add(ValueOption.number("epsilon", "added to the denominator; known", 1e-7, 1e-12, 1));
    return List.copyOf(options);
  }

  @Override
  public boolean readsEncoder() {
    return true;
  }

  @Override
  public TeacherUse teacherUse(OptionValues values) {
    return TeacherUse.OUTPUT;
  }

  @Override
  public List<DeclaredTerm> terms(OptionValues values) {
    return List.of(DeclaredTerm.of("pixel", 1), DeclaredTerm.of(NAME, values.number("weight")));
  }

  @Override
  public Distiller distiller(DistillerContext context, OptionValues values) {
    List<Double> levels = new ArrayList<>();
    for (int i = 0; i < LEVELS.length; i++) {
      levels.add(values.number(level(i)));
    }
    CsdDistiller.Constants constants =
        new CsdDistiller.Constants(
            values.number("weight"), values.whole("negatives"), levels, values.number("epsilon"));
    context.teacherOf(NAME);
    return new CsdDistiller(context.encoder().orElseThrow(), context.draws(), constants);
  }

  private static String level(int index) {
    return "level" + (index + 1);
  }
}
