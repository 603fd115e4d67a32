package org.distillgrid.kd.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.random.Sha256;

/** The fingerprint of a network's weights. */
public final class WeightHash {
  private WeightHash() {}

  /**
   * Returns SHA-256 in hexadecimal over every tensor in the order of the names: the name in UTF-8
   * after its length, the number of axes and the sizes, then the values, all little-endian (lengths
   * 32 bits, sizes 64 bits, values 32-bit floats). Metadata does not count.
   */
  public static String of(Map<String, HostTensor> tensors) {
    MessageDigest digest = Sha256.digest();
    SortedMap<String, HostTensor> sorted = new TreeMap<>(tensors);
    for (Map.Entry<String, HostTensor> entry : sorted.entrySet()) {
      byte[] name = entry.getKey().getBytes(StandardCharsets.UTF_8);
      long[] shape = entry.getValue().shape();
      float[] values = entry.getValue().values();
      ByteBuffer head = littleEndian(2 * Integer.BYTES + name.length + shape.length * Long.BYTES);
      head.putInt(name.length).put(name).putInt(shape.length);
      for (long size : shape) {
        head.putLong(size);
      }
      digest.update(head.rewind());
      ByteBuffer body = littleEndian(Math.multiplyExact(values.length, Float.BYTES));
      body.asFloatBuffer().put(values);
      digest.update(body);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
