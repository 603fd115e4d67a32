package org.distillgrid.kd.nn.optimizer;

import java.io.Serializable;

/**
 * How gradients move parameters.
 *
 * @param kind where the decay of weights takes part
 * @param beta1 decay of the mean of gradients, in [0, 1)
 * @param beta2 decay of the mean of their squares, in [0, 1)
 * @param weightDecay how strongly each step draws weights to zero; 0: not at all
 */
public record Optimizer(Kind kind, double beta1, double beta2, double weightDecay)
    implements Serializable {
  /** Adam with the betas of the field and no decay of weights. */
  public static final Optimizer STANDARD = new Optimizer(Kind.ADAM, 0.9, 0.99, 0);

  /** Where the decay of weights takes part. Source of both: known, PyTorch's order. */
  public enum Kind {
    /** In the gradient, {@code g + decay·w} (Kingma and Ba, arXiv 1412.6980). */
    ADAM,
    /** Beside it, {@code w·(1 − rate·decay)} (Loshchilov and Hutter, arXiv 1711.05101). */
    ADAMW
  }

  /** Returns this optimiser without decay of weights. */
  public Optimizer withoutDecay() {
    return new Optimizer(kind, beta1, beta2, 0);
  }
}
