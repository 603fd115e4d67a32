package org.distillgrid.jobs.draft;

import java.util.Optional;
import org.distillgrid.jobs.input.FoundFile;

/**
 * An image that could be learnt from, by its header.
 *
 * @param target the ground truth
 * @param input what networks are shown, where that is a file of its own
 * @param height of the target in pixels
 * @param width of the target in pixels
 */
record Example(FoundFile target, Optional<FoundFile> input, int height, int width) {
  /** Returns the shorter side in pixels. */
  int side() {
    return Math.min(height, width);
  }

  /** Returns its pixels. */
  long pixels() {
    return (long) height * width;
  }

  /** Returns how many patches are cut of it. */
  long patches(int patch, int stride) {
    if (side() < patch) {
      return 0;
    }
    return ((height - patch) / stride + 1L) * ((width - patch) / stride + 1L);
  }
}
