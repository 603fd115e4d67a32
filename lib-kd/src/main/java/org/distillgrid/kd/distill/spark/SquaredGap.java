package org.distillgrid.kd.distill.spark;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.LossTerms;
import org.distillgrid.kd.distill.StepTensors;

/**
 * What SPARK weights where it stands alone: {@code L1(S, Y) + weight·range·mean((S − T)²)}. On
 * images in [0, range] the two means are range and range² times as large as here; as Adam knows no
 * scale of the loss, the whole is divided by range. Source: Eq. 3 known; the range reconstructed.
 *
 * @param factor weight times range
 */
record SquaredGap(double factor) implements Distiller {
  static final String TERM = "spark_mse";

  @Override
  public LossTerms loss(StepTensors tensors) {
    NDArray gap = tensors.student().output().sub(tensors.teacherOutput()).square();
    return LossTerms.of("pixel", tensors.pixelLoss()).andPixelwise(TERM, factor, List.of(gap));
  }
}
