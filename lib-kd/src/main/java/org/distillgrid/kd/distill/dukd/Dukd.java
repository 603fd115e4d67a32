package org.distillgrid.kd.distill.dukd;

import java.util.List;
import org.distillgrid.kd.distill.DeclaredTerm;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.TeacherUse;
import org.distillgrid.kd.distill.TermMethod;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/**
 * Data upcycling: {@code L = L1(S, Y) + logits · L1(S, T) + zoom · L1(a⁻¹(S(a(z))), T(z)) +
 * consistency · L1(S, a⁻¹(T(a(x))))}. z is a tile of the ground truth as large as the input, which
 * the teacher labels; a is an {@link Augmentation} drawn for each image.
 *
 * <p>Source: Zhang et al., DUKD (arXiv 2309.14162) and its released code (known: the tiles weigh as
 * much as L1(S, T), one tile of the scale × scale for all images of a step, p = 0.3). The code
 * undoes its changes in the order in which it made them, which is no inverse; here they are undone
 * in reverse order. It takes two steps of the optimiser a batch; here the terms are added up
 * (reconstructed), and its zooming out is left out. {@code consistency} is the form in which DCKD's
 * code takes the idea over: {@code dckd+dukd(zoom=0,consistency=1)}.
 */
public final class Dukd implements TermMethod {
  @Override
  public String name() {
    return "dukd";
  }

  @Override
  public String help() {
    return "as logits + teacher's labels of ground-truth tiles + consistency under augmentations";
  }

  @Override
  public List<ValueOption> options() {
    return List.of(
        ValueOption.number("logits", "weight of L1(S, T); reconstructed", 1, 0, 1e6),
        ValueOption.number(
            "zoom", "weight of tiles of the ground truth; that of L1(S, T), known", 1, 0, 1e6),
        ValueOption.number(
            "consistency", "weight of L1 to the teacher on changed inputs; known", 0, 0, 1e6),
        ValueOption.number("probability", "of each change of each image; known", 0.3, 0, 1));
  }

  @Override
  public TeacherUse teacherUse(OptionValues values) {
    if (values.number("zoom") > 0 || values.number("consistency") > 0) {
      return TeacherUse.NETWORK;
    }
    return TeacherUse.OUTPUT;
  }

  @Override
  public List<DeclaredTerm> terms(OptionValues values) {
    return List.of(
        DeclaredTerm.of("pixel", 1),
        DeclaredTerm.pixelwise("logits", values.number("logits")),
        DeclaredTerm.of("dukd_zoom", values.number("zoom")),
        DeclaredTerm.pixelwise("dukd_consistency", values.number("consistency")));
  }

  @Override
  public Distiller distiller(DistillerContext context, OptionValues values) {
    return new DukdDistiller(
        context,
        context.teacherOf(name()),
        new DukdDistiller.Constants(
            values.number("logits"),
            values.number("zoom"),
            values.number("consistency"),
            values.number("probability")));
  }
}
