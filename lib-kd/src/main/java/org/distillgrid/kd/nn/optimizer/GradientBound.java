package org.distillgrid.kd.nn.optimizer;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.distillgrid.kd.nn.Clipped;
import org.distillgrid.kd.nn.Shifted;

/**
 * Gradients shortened alike where the norm of all together is above a bound: {@code g·min(1, bound
 * / (‖g‖ + 1e-6))}, as PyTorch's {@code clip_grad_norm_} has it. Nothing is read on the host.
 */
public final class GradientBound {
  private static final double EPSILON = 1e-6;

  private GradientBound() {}

  /**
   * Returns gradients in their own managers.
   *
   * @param bound the greatest norm of all of them together, above 0
   * @param gradients one at least, all on one device
   */
  public static List<NDArray> under(double bound, List<NDArray> gradients) {
    NDArray squares =
        gradients.stream()
            .map(gradient -> gradient.square().sum())
            .reduce(NDArray::add)
            .orElseThrow(() -> new IllegalArgumentException("There is no gradient"));
    NDArray length = Shifted.by(EPSILON, squares.sqrt());
    NDArray longest = length.getManager().full(length.getShape(), (float) bound).div(length);
    NDArray factor = Clipped.between(0, 1, longest);
    return gradients.stream().map(gradient -> gradient.mul(factor)).toList();
  }
}
