package org.distillgrid.kd.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The start of NumPy's format of one array: a magic number and a Python dictionary; the numbers
 * follow.
 *
 * @param type how they are stored
 * @param order which byte of a number is first
 * @param shape its sizes
 * @param layout how the array lies in the numbers
 * @param length how many bytes the header takes
 */
record NpyHeader(StoredType type, ByteOrder order, long[] shape, Layout layout, int length) {
  /** Which axis runs fastest. */
  enum Layout {
    LAST_AXIS_FASTEST,
    FIRST_AXIS_FASTEST
  }

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST_HEADER = 1 << 16;
  private static final Pattern DESCRIPTION = Pattern.compile("'descr': *'([^']{1,16})'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order': *(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([0-9, ]{0,400})\\)");
  private static final Map<String, StoredType> TYPES =
      new TreeMap<>(
          Map.of(
              "f2", StoredType.HALF,
              "f4", StoredType.SINGLE,
              "f8", StoredType.DOUBLE,
              "i1", StoredType.INT8,
              "u1", StoredType.UINT8,
              "i2", StoredType.INT16,
              "i4", StoredType.INT32,
              "i8", StoredType.INT64,
              "b1", StoredType.BOOL));

  /**
   * Reads the header at the start of a stream.
   *
   * @throws org.distillgrid.kd.error.GridException if it is damaged or of another type
   */
  static NpyHeader read(InputStream in, Problem problem) throws IOException {
    byte[] start = in.readNBytes(MAGIC.length + 2);
    if (start.length != MAGIC.length + 2
        || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw problem.damaged("it is no NumPy array");
    }
    int lengthBytes = Integer.BYTES;
    if (start[MAGIC.length] == 1) {
      lengthBytes = Short.BYTES;
    }
    byte[] lengthField = in.readNBytes(lengthBytes);
    long length = 0;
    for (int i = lengthField.length - 1; i >= 0; i--) {
      length = (length << 8) | (lengthField[i] & 0xff);
    }
    if (lengthField.length != lengthBytes || length > LONGEST_HEADER) {
      throw problem.damaged("its header has no valid length");
    }
    byte[] text = in.readNBytes((int) length);
    if (text.length != length) {
      throw problem.damaged("it ends within its header");
    }
    int whole = start.length + lengthBytes + text.length;
    return parse(new String(text, StandardCharsets.ISO_8859_1), whole, problem);
  }

  private static NpyHeader parse(String header, int length, Problem problem) {
    String description = only(DESCRIPTION, header, "descr", problem);
    StoredType type = TYPES.get(description.substring(1));
    if (type == null || "<>|=".indexOf(description.charAt(0)) < 0) {
      throw problem.damaged(
          String.format(
              "it has type %s; readable are %s",
              Printable.of(description), String.join(", ", TYPES.keySet())));
    }
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    if (description.charAt(0) == '>') {
      order = ByteOrder.BIG_ENDIAN;
    }
    Layout layout = Layout.LAST_AXIS_FASTEST;
    if (only(ORDER, header, "fortran_order", problem).equals("True")) {
      layout = Layout.FIRST_AXIS_FASTEST;
    }
    long[] shape = shape(only(SHAPE, header, "shape", problem), problem);
    return new NpyHeader(type, order, shape, layout, length);
  }

  /**
   * Returns the array's values.
   *
   * @param data the numbers after the header, as many as the shape needs
   */
  float[] values(ByteBuffer data) {
    ByteBuffer numbers = data.slice().order(order);
    return switch (layout) {
      case LAST_AXIS_FASTEST -> type.values(numbers);
      case FIRST_AXIS_FASTEST ->
          Strided.firstAxisFastest(shape).gather(index -> type.at(numbers, index));
    };
  }

  private static String only(Pattern pattern, String header, String key, Problem problem) {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw problem.damaged("its header has no valid " + key);
    }
    return matcher.group(1);
  }

  private static long[] shape(String text, Problem problem) {
    String[] parts = text.replace(" ", "").split(",");
    if (parts.length == 1 && parts[0].isEmpty()) {
      return new long[0];
    }
    if (parts.length > TensorBounds.MOST_AXES) {
      throw problem.damaged("it has more than " + TensorBounds.MOST_AXES + " axes");
    }
    try {
      return Arrays.stream(parts).mapToLong(Long::parseLong).toArray();
    } catch (NumberFormatException e) {
      throw problem.damaged("its header has no valid shape");
    }
  }
}
