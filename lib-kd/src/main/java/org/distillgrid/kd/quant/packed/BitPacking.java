package org.distillgrid.kd.quant.packed;

/**
 * Whole numbers of b bits one after the other, without a gap: number i takes the bits i·b to i·b +
 * b − 1, where bit k is bit k mod 8 of byte k / 8, the least significant first. What is left of the
 * last byte is zero.
 */
final class BitPacking {
  private BitPacking() {}

  /** Returns how many bytes numbers take. */
  static long bytes(long count, int width) {
    return (count * width + Byte.SIZE - 1) / Byte.SIZE;
  }

  /**
   * Packs numbers.
   *
   * @param numbers each from 0 to 2^width − 1
   * @param width 2 to 8
   */
  static byte[] pack(int[] numbers, int width) {
    byte[] bytes = new byte[Math.toIntExact(bytes(numbers.length, width))];
    long bit = 0;
    for (int number : numbers) {
      int first = (int) (bit / Byte.SIZE);
      int shifted = number << (bit % Byte.SIZE);
      bytes[first] |= (byte) shifted;
      if (shifted >>> Byte.SIZE != 0) {
        bytes[first + 1] |= (byte) (shifted >>> Byte.SIZE);
      }
      bit += width;
    }
    return bytes;
  }

  /**
   * Returns the numbers that {@link #pack} took.
   *
   * @param bytes as many as {@link #bytes} says
   */
  static int[] unpack(byte[] bytes, int count, int width) {
    int[] numbers = new int[count];
    int mask = (1 << width) - 1;
    long bit = 0;
    for (int i = 0; i < count; i++) {
      int first = (int) (bit / Byte.SIZE);
      int two = bytes[first] & 0xff;
      if (first + 1 < bytes.length) {
        two |= (bytes[first + 1] & 0xff) << Byte.SIZE;
      }
      numbers[i] = (two >>> (bit % Byte.SIZE)) & mask;
      bit += width;
    }
    return numbers;
  }
}
