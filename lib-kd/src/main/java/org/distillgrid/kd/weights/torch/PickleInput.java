package org.distillgrid.kd.weights.torch;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.distillgrid.kd.weights.Content;
import org.distillgrid.kd.weights.Problem;

/** Walks over the bytes of a pickle; every length is held against what is left. */
final class PickleInput {
  private static final int WINDOW = 1 << 16;
  private static final int LONGEST_LINE = 1 << 10;
  private static final int LONGEST_NUMBER = 1 << 10;
  private static final int LONGEST_TEXT = 1 << 16;

  private final Content content;
  private final long end;
  private final Problem problem;
  private ByteBuffer window = ByteBuffer.allocate(0);
  private long next;

  /** Starts at an offset. */
  PickleInput(Content content, long start, Problem problem) {
    this.content = content;
    this.next = start;
    this.end = content.length();
    this.problem = problem;
  }

  /** Returns the offset of the next byte. */
  long position() {
    return next - window.remaining();
  }

  int unsignedByte() throws IOException {
    return need(1).get() & 0xff;
  }

  int unsignedShort() throws IOException {
    return need(Short.BYTES).getShort() & 0xffff;
  }

  int integer() throws IOException {
    return need(Integer.BYTES).getInt();
  }

  long unsignedInteger() throws IOException {
    return Integer.toUnsignedLong(integer());
  }

  long longInteger() throws IOException {
    return need(Long.BYTES).getLong();
  }

  /** Passes over bytes. */
  void skip(long count) throws IOException {
    requireLeft(count);
    long inWindow = Math.min(count, window.remaining());
    window.position(window.position() + (int) inWindow);
    next += count - inWindow;
  }

  /** Returns a text of so many bytes; a long one is passed over. */
  PickleValue text(long length) throws IOException {
    requireLeft(length);
    if (length > LONGEST_TEXT) {
      skip(length);
      return PickleValue.Plain.LONG_TEXT;
    }
    return new PickleValue.Text(new String(bytes((int) length), StandardCharsets.UTF_8));
  }

  /** Returns a little-endian whole number of so many bytes. */
  PickleValue whole(long length) throws IOException {
    if (length < 0 || length > LONGEST_NUMBER) {
      throw problem.damaged("its pickle holds a number of " + length + " bytes");
    }
    byte[] bytes = bytes((int) length);
    for (int i = 0; i < bytes.length / 2; i++) {
      byte low = bytes[i];
      bytes[i] = bytes[bytes.length - 1 - i];
      bytes[bytes.length - 1 - i] = low;
    }
    if (bytes.length == 0) {
      return new PickleValue.Whole(0);
    }
    return whole(new BigInteger(bytes));
  }

  /** Returns the text up to the next line feed, which is passed over. */
  String line() throws IOException {
    byte[] line = new byte[LONGEST_LINE];
    for (int length = 0; length < LONGEST_LINE; length++) {
      line[length] = (byte) unsignedByte();
      if (line[length] == '\n') {
        return new String(Arrays.copyOf(line, length), StandardCharsets.UTF_8);
      }
    }
    throw problem.damaged("its pickle holds a line of more than " + LONGEST_LINE + " bytes");
  }

  static PickleValue whole(BigInteger number) {
    if (number.bitLength() < Long.SIZE) {
      return new PickleValue.Whole(number.longValue());
    }
    return new PickleValue.Huge(number);
  }

  private byte[] bytes(int length) throws IOException {
    byte[] bytes = new byte[length];
    need(length).get(bytes);
    return bytes;
  }

  // Texts and numbers are far shorter than the window.
  private ByteBuffer need(int count) throws IOException {
    if (window.remaining() < count) {
      requireLeft(count);
      long start = position();
      int length = (int) Math.min(Math.max(WINDOW, count), end - start);
      window = content.range(start, length).order(ByteOrder.LITTLE_ENDIAN);
      next = start + length;
    }
    return window;
  }

  private void requireLeft(long count) {
    if (count < 0 || count > end - position()) {
      throw problem.damaged("it ends within its pickle");
    }
  }
}
