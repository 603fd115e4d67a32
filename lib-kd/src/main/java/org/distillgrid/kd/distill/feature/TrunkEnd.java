package org.distillgrid.kd.distill.feature;

import ai.djl.ndarray.NDArray;
import org.distillgrid.kd.nn.Pass;

/** Where the last of several points lies. */
public enum TrunkEnd {
  /** Behind the long skip, before features are enlarged, as in the code of FAKD and PAMS. */
  SKIP {
    @Override
    NDArray of(Pass pass, int segment) {
      return pass.joined();
    }
  },
  /** After the last segment, before whatever the tail adds. */
  TRUNK {
    @Override
    NDArray of(Pass pass, int segment) {
      return pass.features().get(segment);
    }
  };

  /**
   * Returns a pass's features at the last point.
   *
   * @param segment the last one
   */
  abstract NDArray of(Pass pass, int segment);
}
