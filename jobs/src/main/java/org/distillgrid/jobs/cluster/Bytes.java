package org.distillgrid.jobs.cluster;

import java.util.Locale;

/** Sizes of memory, as people read and Spark takes them. */
final class Bytes {
  private static final long MEBIBYTE = 1L << 20;
  private static final double MEBIBYTES_IN_GIBIBYTE = 1024;

  private Bytes() {}

  static long ofMebibytes(long count) {
    return Math.multiplyExact(count, MEBIBYTE);
  }

  /** Returns the whole mebibytes in some bytes. */
  static long mebibytes(long bytes) {
    return bytes / MEBIBYTE;
  }

  /** Returns the mebibytes that hold some bytes. */
  static long mebibytesUp(long bytes) {
    return mebibytes(bytes + MEBIBYTE - 1);
  }

  /** Returns a size in words, as {@code 1.9 GiB}. */
  static String text(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", mebibytes(bytes) / MEBIBYTES_IN_GIBIBYTE);
  }
}
