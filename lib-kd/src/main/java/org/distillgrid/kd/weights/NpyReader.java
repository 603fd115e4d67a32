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
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/** Reads NumPy's format of one array: a magic number, a Python dictionary, the numbers. */
final class NpyReader {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST_HEADER = 1 << 16;
  private static final Pattern DESCRIPTION = Pattern.compile("'descr': *'([^']{1,16})'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order': *(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([0-9, ]{0,400})\\)");
  private static final Map<String, FloatFormat> FORMATS =
      new TreeMap<>(
          Map.of("<f2", FloatFormat.HALF, "<f4", FloatFormat.SINGLE, "<f8", FloatFormat.DOUBLE));

  private final String name;
  private final String source;

  /**
   * Makes a reader of one array.
   *
   * @param name the array's name in a message
   * @param source the file's name in a message
   */
  NpyReader(String name, String source) {
    this.name = Printable.of(name);
    this.source = source;
  }

  /**
   * Reads to the end of a stream.
   *
   * @param budget how many bytes of numbers are left to this file
   */
  HostTensor read(InputStream in, long budget) throws IOException {
    String header = header(in);
    String description = only(DESCRIPTION, header, "descr");
    FloatFormat format = FORMATS.get(description);
    if (format == null) {
      throw damaged(
          String.format(
              "it has type %s; readable are %s",
              Printable.of(description), String.join(", ", FORMATS.keySet())));
    }
    if (only(ORDER, header, "fortran_order").equals("True")) {
      throw damaged("it is in Fortran order; save numpy.ascontiguousarray of it");
    }
    long[] shape = shape(only(SHAPE, header, "shape"));
    long bytes = TensorBounds.bytes(shape, format).orElse(Long.MAX_VALUE);
    if (bytes > budget) {
      throw damaged("its shape " + Arrays.toString(shape) + " needs more bytes than the file has");
    }
    // readNBytes grows with what really arrives, so a false claim costs no memory.
    byte[] data = in.readNBytes((int) bytes);
    if (data.length != bytes || in.read() >= 0) {
      throw damaged("it has another length than its shape " + Arrays.toString(shape) + " needs");
    }
    ByteBuffer numbers = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    return new HostTensor(shape, format.values(numbers));
  }

  private String header(InputStream in) throws IOException {
    byte[] start = in.readNBytes(MAGIC.length + 2);
    if (start.length != MAGIC.length + 2
        || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw damaged("it is no NumPy array");
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
      throw damaged("its header has no valid length");
    }
    byte[] header = in.readNBytes((int) length);
    if (header.length != length) {
      throw damaged("it ends within its header");
    }
    return new String(header, StandardCharsets.ISO_8859_1);
  }

  private String only(Pattern pattern, String header, String key) {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw damaged("its header has no valid " + key);
    }
    return matcher.group(1);
  }

  private long[] shape(String text) {
    String[] parts = text.replace(" ", "").split(",");
    if (parts.length == 1 && parts[0].isEmpty()) {
      return new long[0];
    }
    if (parts.length > TensorBounds.MOST_AXES) {
      throw damaged("it has more than " + TensorBounds.MOST_AXES + " axes");
    }
    try {
      return Arrays.stream(parts).mapToLong(Long::parseLong).toArray();
    } catch (NumberFormatException e) {
      throw damaged("its header has no valid shape");
    }
  }

  private GridException damaged(String what) {
    return GridException.of(
        ErrorCode.INPUT, "Cannot read %s as npz: array %s: %s", source, name, what);
  }
}
