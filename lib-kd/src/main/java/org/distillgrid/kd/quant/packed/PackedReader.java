package org.distillgrid.kd.quant.packed;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;

/**
 * Unpacks the weights of a packed student's tensors. Bits, shapes and axes that the file states are
 * held against the tensors that are really there.
 */
final class PackedReader {
  private static final Pattern LAYOUT =
      Pattern.compile("bits=([2-8]) axis=([0-9]) shape=([0-9]{1,9}(?:x[0-9]{1,9}){0,7})");

  private final Checkpoint stored;
  private final String source;
  private final SortedMap<String, HostTensor> tensors;
  private final SortedMap<String, String> metadata;

  PackedReader(Checkpoint stored, String source) {
    this.stored = stored;
    this.source = source;
    this.tensors = new TreeMap<>(stored.tensors());
    this.metadata = new TreeMap<>(stored.metadata());
  }

  /**
   * Returns the unpacked checkpoint.
   *
   * @param layouts what the metadata say of packed tensors, by their names
   */
  Checkpoint read(Map<String, String> layouts) {
    layouts.forEach(this::unpack);
    metadata.put(QuantizedNetwork.BITS_KEY, PackedStudent.activationsOnly(bits()).toString());
    return new Checkpoint(tensors, metadata);
  }

  private Bits bits() {
    String text = stored.metadata().getOrDefault(QuantizedNetwork.BITS_KEY, "");
    try {
      return Bits.parse(text);
    } catch (GridException e) {
      throw damaged("its metadata name no valid bits");
    }
  }

  private void unpack(String packedName, String layout) {
    String name = packedName.substring(0, packedName.length() - PackedStudent.PACKED.length());
    Matcher matcher = LAYOUT.matcher(layout);
    if (!matcher.matches()) {
      throw damaged("its metadata describe no layout for " + printable(packedName));
    }
    int width = Integer.parseInt(matcher.group(1));
    int axis = Integer.parseInt(matcher.group(2));
    long[] shape = Stream.of(matcher.group(3).split("x", -1)).mapToLong(Long::parseLong).toArray();
    byte[] packed = bytes(packedName);
    requireLength(packedName, packed.length, shape, width);
    float[] scale = tensor(name + PackedStudent.SCALE).values();
    float[] zero = tensor(name + PackedStudent.ZERO).values();
    boolean perChannel = axis < shape.length && scale.length == shape[axis];
    if (zero.length != scale.length || (scale.length != 1 && !perChannel)) {
      throw damaged("the scales and zero points of " + printable(name) + " do not fit its shape");
    }
    tensors.keySet().remove(packedName);
    tensors.keySet().remove(name + PackedStudent.SCALE);
    tensors.keySet().remove(name + PackedStudent.ZERO);
    metadata.remove(packedName);
    HostTensor values = new PackedWeight(shape, axis, width, packed, scale, zero).values();
    if (tensors.put(name, values) != null) {
      throw damaged("it holds " + printable(name) + " twice");
    }
  }

  // A shape can claim at most as many numbers as the bytes hold, so nothing large is ever made.
  private void requireLength(String packedName, int length, long[] shape, int width) {
    try {
      long count = HostTensor.elements(shape);
      boolean fits = count <= (long) length * Byte.SIZE / width;
      if (fits && BitPacking.bytes(count, width) == length) {
        return;
      }
    } catch (ArithmeticException e) {
      // Too many numbers for a long are too many for any file.
    }
    throw damaged(printable(packedName) + " has another length than its shape and bits need");
  }

  private byte[] bytes(String name) {
    float[] values = tensor(name).values();
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      int number = (int) values[i];
      if (number != values[i] || number < 0 || number > 0xff) {
        throw damaged(printable(name) + " holds something other than bytes");
      }
      bytes[i] = (byte) number;
    }
    return bytes;
  }

  private HostTensor tensor(String name) {
    HostTensor tensor = stored.tensors().get(name);
    if (tensor == null) {
      throw damaged("it has no tensor " + printable(name));
    }
    return tensor;
  }

  private GridException damaged(String what) {
    return GridException.of(
        ErrorCode.INPUT, "Cannot read %s as a packed student: %s", source, what);
  }

  // A name out of a file must not break the line that it is shown in.
  private static String printable(String name) {
    return name.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]", "?");
  }
}
