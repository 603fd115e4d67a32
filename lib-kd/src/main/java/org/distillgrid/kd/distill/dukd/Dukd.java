package org.distillgrid.kd.distill.dukd;

import java.util.List;
import java.util.stream.Stream;
import org.distillgrid.kd.distill.DeclaredTerm;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.TeacherUse;
import org.distillgrid.kd.distill.TermMethod;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/**
 * Data upcycling: {@code L = pixel · L1(S, Y) + logits · L1(S, T) + zoom · L1(a⁻¹(S(a(z))), T(z)) +
 * out · L1(a⁻¹(S(a(o))), T(o)) + consistency · L1(S, a⁻¹(T(a(x))))}. z is a tile of the ground
 * truth as large as the input, o the input made smaller once more, both of which the teacher
 * labels; a is an {@link Augmentation} drawn for each image.
 *
 * <p>Source: Zhang et al., DUKD (arXiv 2309.14162) and its released code (known: pixel 5 for EDSR
 * and SwinIR, the tiles weigh as much as L1(S, T), one tile of the scale × scale for all images of
 * a step, p = 0.3; that inputs are zoomed out for EDSR; reconstructed: how). The code undoes its
 * changes in the order in which it made them, which is no inverse; here they are undone in reverse
 * order. It takes two steps of the optimiser a batch; here the terms are added up (reconstructed).
 * {@code consistency} is the form in which DCKD's code takes the idea over: {@code
 * dckd+dukd(zoom=0,consistency=1)}.
 */
public final class Dukd implements TermMethod {
  private static final String PIXEL = "pixel";
  private static final String OUT = "out";

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
        ValueOption.number(
                PIXEL,
                "weight of L1(S, Y), in a sum the others'; known: 5 for EDSR and SwinIR",
                5,
                0,
                1e6)
            .formerly(1),
        ValueOption.number("logits", "weight of L1(S, T); reconstructed", 1, 0, 1e6),
        ValueOption.number(
            "zoom", "weight of tiles of the ground truth; that of L1(S, T), known", 1, 0, 1e6),
        ValueOption.number(
            OUT,
            "weight of inputs made smaller once more; known that the code has it for EDSR, form"
                + " reconstructed",
            0,
            0,
            1e6),
        ValueOption.number(
            "consistency", "weight of L1 to the teacher on changed inputs; known", 0, 0, 1e6),
        ValueOption.number("probability", "of each change of each image; known", 0.3, 0, 1));
  }

  @Override
  public TeacherUse teacherUse(OptionValues values) {
    boolean runs = Stream.of("zoom", OUT, "consistency").anyMatch(key -> values.number(key) > 0);
    if (runs) {
      return TeacherUse.NETWORK;
    }
    return TeacherUse.OUTPUT;
  }

  @Override
  public List<DeclaredTerm> terms(OptionValues values) {
    return List.of(
        DeclaredTerm.of(PIXEL, values.number(PIXEL)).yielding(),
        DeclaredTerm.pixelwise("logits", values.number("logits")),
        DeclaredTerm.of("dukd_zoom", values.number("zoom")),
        DeclaredTerm.of("dukd_out", values.number(OUT)),
        DeclaredTerm.pixelwise("dukd_consistency", values.number("consistency")));
  }

  @Override
  public Distiller distiller(DistillerContext context, OptionValues values) {
    return new DukdDistiller(
        context,
        context.teacherOf(name()),
        new DukdDistiller.Constants(
            values.number(PIXEL),
            values.number("logits"),
            values.number("zoom"),
            values.number(OUT),
            values.number("consistency"),
            values.number("probability")));
  }
}
