package org.distillgrid.kd.weights;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * NumPy's {@code .npz}: a zip file with one array an entry. Read are little-endian floats of 16, 32
 * and 64 bits in C order.
 */
public final class Npz {
  private static final String SUFFIX = ".npy";

  // Weights hardly compress: a file that unpacks to far more than its own size is a trap.
  private static final long SMALL = 64L << 20;
  private static final long EXPANSION = 8;

  private static final int END_OF_DIRECTORY = 0x06054b50;
  private static final int END_LENGTH = 22;
  private static final int LONGEST_COMMENT = 0xffff;

  private Npz() {}

  /**
   * Reads a file.
   *
   * @throws GridException if it cannot be read or is damaged
   */
  public static Checkpoint read(Path file) {
    return read(WeightFile.read(file), file.toString());
  }

  /**
   * Reads the content of a file; what it unpacks to is bounded by its length.
   *
   * @param source names the content in a message
   * @throws GridException if it is damaged
   */
  public static Checkpoint read(byte[] content, String source) {
    SortedMap<String, HostTensor> tensors = new TreeMap<>();
    long budget = SMALL + EXPANSION * content.length;
    int entries = 0;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = arrayName(entry, source);
        HostTensor tensor = new NpyReader(name, source).read(zip, budget);
        budget -= (long) tensor.values().length * Float.BYTES;
        if (tensors.put(name, tensor) != null) {
          throw damaged(source, "array " + Printable.of(name) + " is there twice");
        }
        entries++;
      }
    } catch (IOException | IllegalArgumentException e) {
      // ZipInputStream throws IllegalArgumentException for names that are no UTF-8.
      throw GridException.of(
          e, ErrorCode.INPUT, "Cannot read %s as npz: its zip structure is damaged", source);
    }
    requireDirectory(content, entries, source);
    return new Checkpoint(tensors, new TreeMap<>());
  }

  private static String arrayName(ZipEntry entry, String source) {
    String name = entry.getName();
    if (!name.endsWith(SUFFIX)) {
      throw damaged(source, Printable.of(name) + " in it is no " + SUFFIX + " array");
    }
    return name.substring(0, name.length() - SUFFIX.length());
  }

  // Entries are read in sequence; only the directory at the end tells that none was cut off.
  private static void requireDirectory(byte[] content, int entries, String source) {
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    int last = content.length - END_LENGTH;
    for (int at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
      if (bytes.getInt(at) == END_OF_DIRECTORY) {
        int counted = bytes.getShort(at + 10) & 0xffff;
        if (counted == (entries & 0xffff) || counted == 0xffff) {
          return;
        }
        throw damaged(
            source,
            String.format("%d arrays could be read, its directory lists %d", entries, counted));
      }
    }
    throw damaged(source, "the directory at its end is missing");
  }

  private static GridException damaged(String source, String what) {
    return GridException.of(ErrorCode.INPUT, "Cannot read %s as npz: %s", source, what);
  }
}
