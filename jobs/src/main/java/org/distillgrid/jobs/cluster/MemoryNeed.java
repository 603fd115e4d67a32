package org.distillgrid.jobs.cluster;

/**
 * What the process of an executor takes of memory.
 *
 * @param heapBytes of Java's heap: images while they are decoded, weights on their way to files
 * @param tensorBytes of PyTorch's tensors, outside the heap
 */
public record MemoryNeed(long heapBytes, long tensorBytes) {
  // The JVM without its heap, Spark's network buffers and the code of libtorch; chosen above what
  // executors were seen to take.
  private static final long PROCESS = Bytes.ofMebibytes(450);

  /** Returns what the whole process takes outside the heap, in bytes. */
  long outsideHeap() {
    return PROCESS + tensorBytes;
  }

  /** Returns what the whole process takes, in bytes. */
  public long total() {
    return heapBytes + outsideHeap();
  }
}
