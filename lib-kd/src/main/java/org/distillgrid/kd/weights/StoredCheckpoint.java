package org.distillgrid.kd.weights;

import java.io.IOException;
import java.util.Set;
import java.util.SortedMap;

/** A weight file whose structure has been read and checked, and whose values have not. */
public interface StoredCheckpoint {
  /** Returns what it holds. */
  CheckpointContents contents();

  /**
   * Reads the values of some tensors.
   *
   * @param names whole names, each of a tensor that it holds
   * @throws org.distillgrid.kd.error.GridException if a tensor is damaged
   */
  SortedMap<String, HostTensor> read(Set<String> names) throws IOException;

  /** Reads the values of all tensors. */
  default Checkpoint readAll() throws IOException {
    CheckpointContents contents = contents();
    return new Checkpoint(read(contents.tensors().keySet()), contents.fileMetadata());
  }
}
