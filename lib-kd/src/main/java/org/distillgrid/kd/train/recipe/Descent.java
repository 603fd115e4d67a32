package org.distillgrid.kd.train.recipe;

import java.io.Serializable;
import org.distillgrid.kd.distill.PixelLoss;
import org.distillgrid.kd.nn.optimizer.Optimizer;

/**
 * What a training descends, and by which rule.
 *
 * @param optimizer how gradients move parameters
 * @param clip the greatest norm of a step's gradients, all that it moves together; 0: any
 * @param loss how a student's output is compared with the ground truth
 */
public record Descent(Optimizer optimizer, double clip, PixelLoss loss) implements Serializable {
  /** Adam down L1. */
  public static final Descent STANDARD = new Descent(Optimizer.STANDARD, 0, PixelLoss.L1);
}
