package org.distillgrid.kd.weights;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * The entries of a zip file, large ones (zip64) included. Its directory is held against the file:
 * no entry may lie over another or beyond the end, and none unpacks to more than it claims.
 */
public final class ZipArchive {
  private static final String DAMAGED = "its zip structure is damaged";

  private final Content content;
  private final ZipFile zip;
  private final Problem problem;
  private final Map<String, ZipArchiveEntry> entries = new TreeMap<>();

  private ZipArchive(Content content, ZipFile zip, Problem problem) {
    this.content = content;
    this.zip = zip;
    this.problem = problem;
  }

  /** Reads the directory. */
  public static ZipArchive open(Content content, Problem problem) {
    try {
      ZipFile zip =
          ZipFile.builder()
              .setSeekableByteChannel(content.channel())
              .setUseUnicodeExtraFields(false)
              .get();
      return new ZipArchive(content, zip, problem).checked();
    } catch (IOException | IllegalArgumentException e) {
      throw problem.damaged(e, DAMAGED);
    }
  }

  /** Returns the names of all entries that are no folders, sorted. */
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  public boolean has(String name) {
    return entries.containsKey(name);
  }

  /** Returns how many bytes an entry claims to unpack to. */
  public long size(String name) {
    return entries.get(name).getSize();
  }

  /**
   * Returns an entry, unpacked, little-endian; its checksum has been compared.
   *
   * @throws org.distillgrid.kd.error.GridException if it is damaged
   */
  public ByteBuffer read(String name) {
    ZipArchiveEntry entry = entries.get(name);
    if (entry.getSize() > Integer.MAX_VALUE - Long.BYTES) {
      throw problem.damaged(Printable.of(name) + " in it has more than 2 GiB");
    }
    if (entry.getSize() > TensorBounds.unpacked(content.length())) {
      throw problem.damaged(Printable.of(name) + " in it unpacks to far more than the file has");
    }
    try {
      ByteBuffer bytes = unpacked(entry);
      CRC32 checksum = new CRC32();
      checksum.update(bytes.duplicate());
      if (checksum.getValue() != entry.getCrc()) {
        throw problem.damaged("the checksum of " + Printable.of(name) + " in it is wrong");
      }
      return bytes;
    } catch (IOException e) {
      throw problem.damaged(e, Printable.of(name) + " in it is damaged");
    }
  }

  /** Returns an entry's bytes as they unpack; their checksum is not compared. */
  public InputStream stream(String name) throws IOException {
    return new BufferedInputStream(zip.getInputStream(entries.get(name)));
  }

  private ByteBuffer unpacked(ZipArchiveEntry entry) throws IOException {
    int size = (int) entry.getSize();
    if (entry.getMethod() == ZipEntry.STORED) {
      return content.range(entry.getDataOffset(), size);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      // readNBytes grows with what really arrives, so a false claim costs no memory.
      byte[] bytes = in.readNBytes(size);
      if (bytes.length != size || in.read() >= 0) {
        throw problem.damaged(
            Printable.of(entry.getName()) + " in it unpacks to another length than it claims");
      }
      return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  private ZipArchive checked() {
    List<ZipArchiveEntry> listed = Collections.list(zip.getEntries());
    listed.sort(Comparator.comparingLong(ZipArchiveEntry::getDataOffset));
    long free = 0;
    for (ZipArchiveEntry entry : listed) {
      String name = Printable.of(entry.getName());
      requireReadable(entry, name);
      long packed = entry.getCompressedSize();
      if (entry.getDataOffset() < free || !content.holds(entry.getDataOffset(), packed)) {
        throw problem.damaged(name + " in it lies over another entry or beyond the end");
      }
      free = entry.getDataOffset() + packed;
      if (!entry.isDirectory() && entries.put(entry.getName(), entry) != null) {
        throw problem.damaged(name + " in it is there twice");
      }
    }
    return this;
  }

  private void requireReadable(ZipArchiveEntry entry, String name) {
    int method = entry.getMethod();
    if (method != ZipEntry.STORED && method != ZipEntry.DEFLATED) {
      throw problem.damaged(name + " in it is packed by method " + method);
    }
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      throw problem.damaged(name + " in it is encrypted");
    }
    boolean stored = method == ZipEntry.STORED;
    if (entry.getSize() < 0 || (stored && entry.getSize() != entry.getCompressedSize())) {
      throw problem.damaged(name + " in it has no valid size");
    }
  }
}
