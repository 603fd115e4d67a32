package org.distillgrid.jobs.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a {@link PatchPack}; pairs come in any order, one in memory at a time. */
final class PackWriter {
  private final PackLayout layout;
  private final FileChannel channel;
  private final ByteBuffer entries;

  private PackWriter(PackLayout layout, FileChannel channel) {
    this.layout = layout;
    this.channel = channel;
    this.entries = ByteBuffer.allocate(layout.indexBytes());
  }

  /** Takes one pair. */
  interface PairSink {
    void accept(int index, int image, byte[] input, byte[] target) throws IOException;
  }

  /** Hands every pair to a sink, each once. */
  interface Pairs {
    void forEach(PairSink sink) throws IOException;
  }

  /**
   * Writes a file that is not there yet.
   *
   * @throws org.distillgrid.kd.error.GridException if the disk cannot hold it
   */
  static void write(Path file, PackLayout layout, Pairs pairs) throws IOException {
    PackFolder.requireRoom(file, layout.fileBytes());
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      PackWriter writer = new PackWriter(layout, channel);
      pairs.forEach(writer::put);
      writer.end();
    }
  }

  private void put(int index, int image, byte[] input, byte[] target) throws IOException {
    ByteBuffer first = ByteBuffer.wrap(input);
    ByteBuffer second = ByteBuffer.wrap(target);
    entries.putInt(PackLayout.checksumPlace(index), (int) PackLayout.checksum(first, second));
    entries.putInt(PackLayout.imagePlace(index), image);
    long position = layout.position(index);
    put(position, first);
    put(position + input.length, second);
  }

  private void end() throws IOException {
    put(layout.indexPosition(), entries);
    put(0, layout.header(PackLayout.checksum(entries.rewind())));
    channel.force(true);
  }

  private void put(long position, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes, position + bytes.position());
    }
  }
}
