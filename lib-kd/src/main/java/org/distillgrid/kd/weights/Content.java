package org.distillgrid.kd.weights;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** The bytes of a weight file, read range by range and never as a whole. */
public sealed interface Content extends Closeable {
  /** Returns how many bytes there are. */
  long length();

  /**
   * Returns a range, little-endian; the buffer may be a view of the content.
   *
   * @throws EOFException if the content ends before
   */
  ByteBuffer range(long offset, int length) throws IOException;

  /** Returns a channel over all bytes, which need not be closed. */
  SeekableByteChannel channel();

  /** Returns whether a range lies within the content. */
  default boolean holds(long offset, long length) {
    return offset >= 0 && length >= 0 && offset <= length() - length;
  }

  /** Returns whether a text of ASCII stands at an offset. */
  default boolean startsWith(long offset, String text) throws IOException {
    byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
    return holds(offset, wanted.length)
        && range(offset, wanted.length).equals(ByteBuffer.wrap(wanted));
  }

  /** Returns content that lies in memory. */
  static Content of(byte[] bytes) {
    return new Memory(bytes);
  }

  /** Opens a file; what is read of it is read once. */
  static Content open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file);
    return new Stored(channel, channel.size());
  }

  /** An array. */
  record Memory(byte[] bytes) implements Content {
    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public ByteBuffer range(long offset, int length) throws EOFException {
      if (!holds(offset, length)) {
        throw new EOFException("it ends too early");
      }
      return ByteBuffer.wrap(bytes)
          .slice((int) offset, length)
          .asReadOnlyBuffer()
          .order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public SeekableByteChannel channel() {
      return new SeekableInMemoryByteChannel(bytes);
    }

    @Override
    public void close() {}
  }

  /** A file. */
  record Stored(FileChannel file, long length) implements Content {
    @Override
    public ByteBuffer range(long offset, int length) throws IOException {
      if (!holds(offset, length)) {
        throw new EOFException("it ends too early");
      }
      ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
      while (buffer.hasRemaining()) {
        if (file.read(buffer, offset + buffer.position()) < 0) {
          throw new EOFException("it ends too early");
        }
      }
      return buffer.flip();
    }

    @Override
    public SeekableByteChannel channel() {
      return file;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
