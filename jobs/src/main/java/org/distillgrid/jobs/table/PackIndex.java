package org.distillgrid.jobs.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a {@link PatchPack} says of itself.
 *
 * @param layout how many pairs it has, and how large
 * @param entries of each pair the CRC-32C and the number of its image, four bytes each
 */
record PackIndex(PackLayout layout, ByteBuffer entries) {
  /** Returns whether a file is there, as long as its header promises, and sound in both ends. */
  static boolean isWhole(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file)) {
      return read(channel).isPresent();
    }
  }

  /** Returns what a file says of itself, if it is whole; of the pairs nothing is read. */
  static Optional<PackIndex> read(FileChannel channel) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(PackLayout.HEADER);
    if (!fill(header, channel, 0)) {
      return Optional.empty();
    }
    Optional<PackLayout.Header> found = PackLayout.read(header);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    PackLayout layout = found.get().layout();
    if (channel.size() != layout.fileBytes()) {
      return Optional.empty();
    }
    ByteBuffer entries = ByteBuffer.allocate(layout.indexBytes());
    if (!fill(entries, channel, layout.indexPosition())
        || PackLayout.checksum(entries) != found.get().indexChecksum()) {
      return Optional.empty();
    }
    return Optional.of(new PackIndex(layout, entries));
  }

  /** Returns whether a pair, input and then target, is what was written. */
  boolean fits(int index, ByteBuffer... pair) {
    return (int) PackLayout.checksum(pair) == entries.getInt(PackLayout.checksumPlace(index));
  }

  /** Returns the number of the image that a pair is of. */
  int image(int index) {
    return entries.getInt(PackLayout.imagePlace(index));
  }

  private static boolean fill(ByteBuffer into, FileChannel channel, long from) throws IOException {
    while (into.hasRemaining()) {
      if (channel.read(into, from + into.position()) < 0) {
        return false;
      }
    }
    into.rewind();
    return true;
  }
}
