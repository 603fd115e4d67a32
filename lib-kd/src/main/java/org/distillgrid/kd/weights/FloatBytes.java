package org.distillgrid.kd.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.zip.CRC32;

/** Numbers as the bytes of a file, some at a time, so that a large tensor is not held twice. */
public final class FloatBytes {
  private static final int AT_ONCE = 1 << 14;

  private final byte[] bytes = new byte[AT_ONCE * Float.BYTES];
  private final FloatBuffer floats =
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();

  private FloatBytes() {}

  /** Writes little-endian floats. */
  public static void write(float[] values, OutputStream out) throws IOException {
    FloatBytes buffer = new FloatBytes();
    for (int start = 0; start < values.length; start += AT_ONCE) {
      out.write(buffer.bytes, 0, buffer.fill(values, start));
    }
  }

  /** Returns the checksum that a zip file keeps of them. */
  public static long checksum(float[] values) {
    FloatBytes buffer = new FloatBytes();
    CRC32 checksum = new CRC32();
    for (int start = 0; start < values.length; start += AT_ONCE) {
      checksum.update(buffer.bytes, 0, buffer.fill(values, start));
    }
    return checksum.getValue();
  }

  private int fill(float[] values, int start) {
    int count = Math.min(AT_ONCE, values.length - start);
    floats.clear().put(values, start, count);
    return count * Float.BYTES;
  }
}
