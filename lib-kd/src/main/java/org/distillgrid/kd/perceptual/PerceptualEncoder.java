package org.distillgrid.kd.perceptual;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * A frozen encoder of images with a codebook, in whose features images are compared. It works on
 * the tape where its input does, so that gradients pass through it to a student; its own weights
 * have none. Features belong to the manager of the images.
 */
public interface PerceptualEncoder {
  /** How many levels there are, each of half the height and width of the one before. */
  int LEVELS = 5;

  /**
   * What it computes of a batch.
   *
   * @param levels features of each level, finest first, N×C_i×H_i×W_i
   * @param latent what the codebook is compared with, N×D×h×w
   */
  record Encoding(List<NDArray> levels, NDArray latent) {
    public Encoding {
      levels = List.copyOf(levels);
    }
  }

  /**
   * Returns the features of each level, finest first.
   *
   * @param images in [0, 1], not necessarily clamped, N×3×H×W or N×1×H×W of any size from 16×16
   */
  List<NDArray> levels(NDArray images);

  /**
   * Returns the features of each level and the latent, in one pass.
   *
   * @param images as for {@link #levels}
   */
  Encoding encode(NDArray images);

  /** Returns the codebook, M×D. */
  NDArray codebook();
}
