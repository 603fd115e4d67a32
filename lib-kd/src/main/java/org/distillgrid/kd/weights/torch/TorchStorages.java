package org.distillgrid.kd.weights.torch;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where a PyTorch file keeps the numbers of its tensors. */
interface TorchStorages {
  /** Returns how many bytes a storage has; -1 if there is none of that key. */
  long bytes(String key);

  /** Returns a whole storage in the byte order in which it was saved. */
  ByteBuffer read(String key) throws IOException;
}
