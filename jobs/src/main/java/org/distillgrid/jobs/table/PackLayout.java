package org.distillgrid.jobs.table;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.distillgrid.kd.train.recipe.Window;

/**
 * How many pairs a {@link PatchPack} has and how large they are: what its header says, which has a
 * checksum of its own.
 */
record PackLayout(
    int count, int channels, int inputHeight, int inputWidth, int targetHeight, int targetWidth) {
  /** Bytes of the header. */
  static final int HEADER = 64;

  // Of a pair's entry in the index: its checksum, then the number of its image.
  private static final int ENTRY = 2 * Integer.BYTES;

  // DGPACK03; files of 01 had no checksums of their pairs, of 02 no images, and are made anew.
  private static final long MAGIC = 0x44475041434b3033L;
  private static final int CHECKSUM_AT = HEADER - Long.BYTES;
  private static final int INDEX_CHECKSUM_AT = CHECKSUM_AT - Long.BYTES;

  /** What a sound header says: the layout, and the checksum of the index. */
  record Header(PackLayout layout, long indexChecksum) {}

  /** Returns the window that shows all of an input. */
  Window whole() {
    return new Window(0, 0, inputHeight, inputWidth);
  }

  /** Returns how many times as large as the input the target is. */
  int scale() {
    return targetHeight / inputHeight;
  }

  int inputBytes() {
    return channels * inputHeight * inputWidth;
  }

  int targetBytes() {
    return channels * targetHeight * targetWidth;
  }

  int pairBytes() {
    return Math.addExact(inputBytes(), targetBytes());
  }

  /** Returns where a pair begins in the file. */
  long position(int index) {
    return HEADER + (long) index * pairBytes();
  }

  /** Returns where the index begins: of each pair the checksum and the number of its image. */
  long indexPosition() {
    return position(count);
  }

  int indexBytes() {
    return Math.multiplyExact(count, ENTRY);
  }

  /** Returns where in the index the checksum of a pair stands. */
  static int checksumPlace(int index) {
    return index * ENTRY;
  }

  /** Returns where in the index the number of a pair's image stands. */
  static int imagePlace(int index) {
    return checksumPlace(index) + Integer.BYTES;
  }

  long fileBytes() {
    return indexPosition() + indexBytes();
  }

  /** Returns the header of a file with this layout. */
  ByteBuffer header(long indexChecksum) {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    header.putLong(MAGIC).putInt(count).putInt(channels);
    header.putInt(inputHeight).putInt(inputWidth).putInt(targetHeight).putInt(targetWidth);
    header.putLong(INDEX_CHECKSUM_AT, indexChecksum);
    header.putLong(CHECKSUM_AT, checksum(header.slice(0, CHECKSUM_AT)));
    return header.rewind();
  }

  /** Returns what a header says, if it is sound. */
  static Optional<Header> read(ByteBuffer header) {
    if (header.getLong(0) != MAGIC
        || header.getLong(CHECKSUM_AT) != checksum(header.slice(0, CHECKSUM_AT))) {
      return Optional.empty();
    }
    ByteBuffer sizes = header.slice(Long.BYTES, INDEX_CHECKSUM_AT - Long.BYTES);
    PackLayout layout =
        new PackLayout(
            sizes.getInt(),
            sizes.getInt(),
            sizes.getInt(),
            sizes.getInt(),
            sizes.getInt(),
            sizes.getInt());
    return Optional.of(new Header(layout, header.getLong(INDEX_CHECKSUM_AT)));
  }

  /** Returns the CRC-32C of all that is left in some buffers. */
  static long checksum(ByteBuffer... parts) {
    CRC32C checksum = new CRC32C();
    for (ByteBuffer part : parts) {
      checksum.update(part.duplicate());
    }
    return checksum.getValue();
  }
}
