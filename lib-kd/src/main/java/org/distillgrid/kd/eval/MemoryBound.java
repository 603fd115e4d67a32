package org.distillgrid.kd.eval;

/**
 * How much memory the tensors of one forward pass may take. Images that would take more are
 * restored in tiles.
 *
 * @param bytes at least 1
 */
public record MemoryBound(long bytes) {
  /** What is taken where nobody says: 8 GiB. */
  public static final MemoryBound STANDARD = mebibytes(8192);

  private static final long MEBIBYTE = 1L << 20;

  /** Checks the bytes. */
  public MemoryBound {
    if (bytes < 1) {
      throw new IllegalArgumentException("Memory must be positive: " + bytes);
    }
  }

  /** Returns the bound of that many times 1,048,576 bytes. */
  public static MemoryBound mebibytes(long count) {
    return new MemoryBound(Math.multiplyExact(count, MEBIBYTE));
  }

  /** Returns how many whole mebibytes it is. */
  public long mebibytes() {
    return bytes / MEBIBYTE;
  }
}
