package org.distillgrid.kd.train;

import java.util.List;
import java.util.Optional;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.DistillerFamily;
import org.distillgrid.kd.distill.MethodOption;
import org.distillgrid.kd.distill.MethodValues;
import org.distillgrid.kd.distill.dckd.DckdFamily;
import org.distillgrid.kd.perceptual.TinyEncoder;

/** DCKD with a small encoder of its own, as {@code tinydckd}. */
public final class EncodedDckd implements DistillerFamily {
  private final DckdFamily family = new DckdFamily();

  @Override
  public String name() {
    return "tinydckd";
  }

  @Override
  public String help() {
    return family.help();
  }

  @Override
  public List<MethodOption> options() {
    return family.options();
  }

  @Override
  public Distiller distiller(DistillerContext context, MethodValues values) {
    DistillerContext encoded =
        new DistillerContext(
            context.student(),
            context.teacher(),
            Optional.of(new TinyEncoder(context.manager())),
            context.copies(),
            context.steps(),
            context.draws(),
            context.manager());
    return family.distiller(encoded, values);
  }
}
