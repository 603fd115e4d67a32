package org.distillgrid.kd.weights.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files that PyTorch wrote, and files made by hand that it would never write. */
final class PthFixtures {
  private static final byte[] LEGACY_START =
      bytes("\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.\u0080\u0002M\u00e9\u0003.}.");

  private PthFixtures() {}

  /** Returns a file that {@code fixtures/pth/make.py} wrote. */
  static byte[] file(String name) {
    try (InputStream stream = PthFixtures.class.getResourceAsStream("/fixtures/pth/" + name)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the bytes of a text, one for each character. */
  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Returns a PyTorch archive with a pickle and one storage of the key 0. */
  static byte[] zip(byte[] pickle, byte[] storage) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/data.pkl", pickle);
    entries.put("a/data/0", storage);
    return zip(entries, ZipEntry.STORED);
  }

  /** Returns a zip file. */
  static byte[] zip(Map<String, byte[]> entries, int method) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry described = new ZipEntry(entry.getKey());
        CRC32 checksum = new CRC32();
        checksum.update(entry.getValue());
        described.setMethod(method);
        described.setSize(entry.getValue().length);
        described.setCrc(checksum.getValue());
        described.setTime(0);
        zip.putNextEntry(described);
        zip.write(entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Returns a legacy stream with a pickle and one storage of the key 0. */
  static byte[] legacy(byte[] pickle, long elements, byte[] storage) {
    byte[] keys = bytes("\u0080\u0002]U\u00010a.");
    return ByteBuffer.allocate(
            LEGACY_START.length + pickle.length + keys.length + Long.BYTES + storage.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(LEGACY_START)
        .put(pickle)
        .put(keys)
        .putLong(elements)
        .put(storage)
        .array();
  }

  /**
   * Returns the pickle of a dictionary with one tensor, {@code w}, in a storage of the key 0.
   *
   * @param elements what the storage claims
   * @param offset in it
   */
  static byte[] tensor(String type, long elements, long offset, long[] shape, long[] strides) {
    return bytes(
        "\u0080\u0002}U\u0001w"
            + "ctorch._utils\n_rebuild_tensor_v2\n("
            + "(U\u0007storagectorch\n"
            + type
            + "\nU\u00010U\u0003cpu"
            + whole(elements)
            + "tQ"
            + whole(offset)
            + tuple(shape)
            + tuple(strides)
            + "\u0089}tRs.");
  }

  private static String tuple(long[] numbers) {
    StringBuilder tuple = new StringBuilder("(");
    for (long number : numbers) {
      tuple.append(whole(number));
    }
    return tuple.append('t').toString();
  }

  private static String whole(long number) {
    return "L" + number + "L\n";
  }
}
