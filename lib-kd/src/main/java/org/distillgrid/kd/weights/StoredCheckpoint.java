package org.distillgrid.kd.weights;

import java.io.IOException;

/** A weight file whose structure has been read and checked, and whose values have not. */
public interface StoredCheckpoint {
  /** Returns what it holds. */
  CheckpointListing listing();

  /**
   * Reads all values.
   *
   * @throws org.distillgrid.kd.error.GridException if a tensor is damaged
   */
  Checkpoint read() throws IOException;
}
