package org.distillgrid.kd.distill.dckd;

import java.util.List;
import java.util.Optional;
import org.distillgrid.kd.distill.DeclaredTerm;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.TeacherUse;
import org.distillgrid.kd.distill.TermMethod;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.perceptual.PerceptualEncoder;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/**
 * Dynamic contrastive distillation: {@code L = L1(S, Y) + L1(S, T) + 0.1·L_dcl + 0.001·L_ce}. In
 * the features of a frozen encoder L_dcl ({@link DckdRatio}) draws the student to the teacher and
 * away from what an older student makes of the input, and L_ce ({@link DistributionMapping})
 * compares which codebook entries the two images map to.
 *
 * <p>Source: Zhou et al., DCKD, AAAI 2025 (arXiv 2412.08939), and its released code (known: all
 * formulas and constants; where the two differ each is an option, and the standard is the one that
 * the published figures come from; reconstructed: how the intervals fit runs of other lengths, and
 * the history of a student that is quantised).
 */
public final class Dckd implements TermMethod {
  static final String NAME = "dckd";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String help() {
    return "logits + contrast with the student's own past + distributions over a codebook";
  }

  @Override
  public List<ValueOption> options() {
    return DckdOptions.all();
  }

  @Override
  public void check(OptionValues values) {
    DckdOptions.check(values);
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
    return List.of(
        DeclaredTerm.of("pixel", 1),
        DeclaredTerm.pixelwise("logits", values.number("logits")),
        DeclaredTerm.of("dckd_contrastive", values.number("contrastive")),
        DeclaredTerm.of("dckd_distribution", values.number("distribution")));
  }

  @Override
  public Distiller distiller(DistillerContext context, OptionValues values) {
    context.teacherOf(NAME);
    boolean contrasts = values.number("contrastive") > 0 && !DckdOptions.ratio(values).isEmpty();
    boolean maps = values.number("distribution") > 0;
    Optional<PerceptualEncoder> encoder = Optional.empty();
    if (contrasts || maps) {
      PerceptualEncoder frozen = context.encoder().orElseThrow(Dckd::lacksEncoder);
      encoder = Optional.of(DckdOptions.encoder(values, frozen));
    }
    return new DckdDistiller(
        values.number("logits"),
        encoder
            .filter(any -> contrasts)
            .map(frozen -> DckdOptions.contrastive(values, frozen, context)),
        encoder
            .filter(any -> maps)
            .map(frozen -> DckdOptions.distribution(values, frozen, context)),
        encoder);
  }

  private static GridException lacksEncoder() {
    return GridException.of(
        ErrorCode.USAGE, "Cannot use method %s: the trial has no encoder", NAME);
  }
}
