package org.distillgrid.kd.image.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The first directory of a TIFF or a BigTIFF: of its pages only that one is read. */
final class TiffDirectory {
  private static final int LITTLE_ENDIAN = 0x4949;
  private static final int BIG_ENDIAN = 0x4d4d;
  private static final int CLASSIC = 42;
  private static final int BIG = 43;
  private static final int UNUSED = 34676;

  private final byte[] bytes;
  private final ByteBuffer buffer;
  private final boolean isBig;
  private final Map<Integer, Integer> places = new HashMap<>();

  private TiffDirectory(byte[] bytes) throws UnreadableException {
    this.bytes = bytes;
    this.buffer = ByteBuffer.wrap(bytes);
    int order = buffer.getShort(0);
    if (order == LITTLE_ENDIAN) {
      buffer.order(ByteOrder.LITTLE_ENDIAN);
    } else if (order != BIG_ENDIAN) {
      throw new UnreadableException("damaged TIFF: no byte order");
    }
    int version = buffer.getShort(2);
    if (version != CLASSIC && version != BIG) {
      throw new UnreadableException("damaged TIFF: version " + version);
    }
    this.isBig = version == BIG;
    list();
  }

  /** Reads the directory that the first bytes point to. */
  static TiffDirectory of(byte[] bytes) throws UnreadableException {
    return new TiffDirectory(bytes);
  }

  /** Returns the first value of a field. */
  long value(TiffTag tag, long otherwise) throws UnreadableException {
    if (!places.containsKey(tag.number())) {
      return otherwise;
    }
    long[] values = values(tag);
    if (values.length == 0) {
      return otherwise;
    }
    return values[0];
  }

  /** Returns all values of a field; none where it is absent. */
  long[] values(TiffTag tag) throws UnreadableException {
    Integer place = places.get(tag.number());
    if (place == null) {
      return new long[0];
    }
    int width = width(buffer.getShort(place + 2));
    long count = count(place);
    if (count < 0 || count > bytes.length / width) {
      throw new UnreadableException("damaged TIFF: a field longer than the file");
    }
    int from = content(place, count * width);
    long[] values = new long[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = unsigned(from + i * width, width);
    }
    return values;
  }

  /** Returns the file without its profile, which decoders would apply. */
  byte[] withoutProfile() {
    Integer place = places.get(TiffTag.PROFILE.number());
    if (place == null) {
      return bytes;
    }
    byte[] copy = bytes.clone();
    // Under a number that nobody reads, and that keeps the fields in their order.
    ByteBuffer.wrap(copy).order(buffer.order()).putShort(place, (short) UNUSED);
    return copy;
  }

  /** Returns a piece of the file. */
  byte[] piece(long from, long length) throws UnreadableException {
    if (from < 0 || length < 0 || from > bytes.length - length) {
      throw new UnreadableException("truncated TIFF");
    }
    return Arrays.copyOfRange(bytes, (int) from, (int) (from + length));
  }

  private void list() throws UnreadableException {
    int start = place(unsigned(4 + 4 * bit(), 4 + 4 * bit()));
    long entries = unsigned(start, 2 + 6 * bit());
    int first = start + 2 + 6 * bit();
    int step = 12 + 8 * bit();
    if (entries < 0 || entries > (bytes.length - first) / step) {
      throw new UnreadableException("truncated TIFF");
    }
    for (int i = 0; i < entries; i++) {
      int place = first + i * step;
      places.putIfAbsent(buffer.getShort(place) & 0xffff, place);
    }
  }

  private int bit() {
    if (isBig) {
      return 1;
    }
    return 0;
  }

  private long count(int place) {
    return unsigned(place + 4, 4 + 4 * bit());
  }

  // Values lie in the entry itself where they fit.
  private int content(int place, long length) throws UnreadableException {
    int inside = place + 8 + 4 * bit();
    if (length <= 4 + 4 * bit()) {
      return inside;
    }
    int from = place(unsigned(inside, 4 + 4 * bit()));
    if (from > bytes.length - length) {
      throw new UnreadableException("truncated TIFF");
    }
    return from;
  }

  private int place(long offset) throws UnreadableException {
    if (offset < 0 || offset >= bytes.length) {
      throw new UnreadableException("truncated TIFF");
    }
    return (int) offset;
  }

  private long unsigned(int at, int width) {
    return switch (width) {
      case 1 -> buffer.get(at) & 0xff;
      case 2 -> buffer.getShort(at) & 0xffff;
      case 4 -> Integer.toUnsignedLong(buffer.getInt(at));
      default -> buffer.getLong(at);
    };
  }

  private static int width(int type) throws UnreadableException {
    return switch (type) {
      case 1, 2, 6, 7 -> 1;
      case 3, 8 -> 2;
      case 4, 9, 11, 13 -> 4;
      case 5, 10, 12, 16, 17, 18 -> 8;
      default -> throw new UnreadableException("damaged TIFF: a field of type " + type);
    };
  }
}
