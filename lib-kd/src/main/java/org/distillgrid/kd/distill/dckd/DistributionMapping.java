package org.distillgrid.kd.distill.dckd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.Scaled;

/**
 * Which entry of a codebook each latent pixel belongs to: {@code C = softmax_k(−‖z − e_k‖²)}, and
 * how far the student's answer is from the teacher's. ‖z‖² is the same for all entries of a pixel
 * and cancels, so {@code 2·z·e_k − ‖e_k‖²} is all that is computed: one matrix product. Source:
 * known.
 */
final class DistributionMapping implements AutoCloseable {
  private static final int ENTRIES = 1;

  /** What is compared with the teacher's distribution. */
  enum Reading {
    /**
     * {@code mean(−Σ_k C^T log softmax(C^S))}: the released code, which the published figures come
     * from, takes the softmax of probabilities. They lie so near each other that next to nothing
     * depends on them.
     */
    RELEASED {
      @Override
      NDArray logarithms(NDArray scores) {
        return scores.softmax(ENTRIES).logSoftmax(ENTRIES);
      }
    },
    /** {@code mean(−Σ_k C^T log C^S)}, as the paper has it. */
    PAPER {
      @Override
      NDArray logarithms(NDArray scores) {
        return scores.logSoftmax(ENTRIES);
      }
    };

    abstract NDArray logarithms(NDArray scores);
  }

  private final Reading reading;
  private final NDManager manager;
  private final NDArray doubled;
  private final NDArray norms;

  /**
   * Prepares a codebook.
   *
   * @param codebook M×D, which stays its owner's
   */
  DistributionMapping(NDArray codebook, Reading reading, NDManager parent) {
    this.reading = reading;
    this.manager = parent.newSubManager();
    try (NDManager scratch = manager.newSubManager()) {
      NDArray entries = codebook.stopGradient();
      entries.attach(scratch);
      doubled = kept(Scaled.by(2, entries.transpose()));
      norms = kept(entries.square().sum(new int[] {1}).reshape(1, entries.getShape().get(0)));
    }
  }

  private NDArray kept(NDArray constant) {
    constant.attach(manager);
    return constant;
  }

  /**
   * Returns the distributions of a latent's pixels, in its manager.
   *
   * @param latent N×D×h×w
   * @return N·h·w×M, rows that sum to one
   */
  NDArray distributions(NDArray latent) {
    return scores(latent).softmax(ENTRIES);
  }

  private NDArray scores(NDArray latent) {
    Shape shape = latent.getShape();
    NDArray pixels = latent.transpose(0, 2, 3, 1).reshape(-1, shape.get(1));
    return pixels.matMul(doubled).sub(norms);
  }

  /**
   * Returns the mean cross-entropy over the pixels, a scalar in the student's manager.
   *
   * @param student a latent on the tape, N×D×h×w
   * @param teacher a latent that gets no gradient
   */
  NDArray crossEntropy(NDArray student, NDArray teacher) {
    NDArray wanted = GradientMode.off(() -> distributions(teacher));
    return reading.logarithms(scores(student)).mul(wanted).sum(new int[] {ENTRIES}).mean().neg();
  }

  @Override
  public void close() {
    manager.close();
  }
}
