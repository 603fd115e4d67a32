package org.distillgrid.kd.weights;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/** A weight file as a whole: opened and closed, written beside and then moved into place. */
public final class WeightFile {
  private static final int ROOM_FOR_NAMES = 1 << 16;
  private static final long LONGEST_ARRAY = Integer.MAX_VALUE - (64L << 20);

  private WeightFile() {}

  /** Recognises the structure of a file. */
  @FunctionalInterface
  public interface Opener {
    StoredCheckpoint open(Content content, String source) throws IOException;
  }

  /** What is wanted of a file that has been opened. */
  @FunctionalInterface
  public interface Use<T> {
    T of(StoredCheckpoint checkpoint) throws IOException;
  }

  public static Checkpoint read(Path file, Opener opener) {
    return use(file, opener, StoredCheckpoint::readAll);
  }

  public static Checkpoint read(byte[] content, String source, Opener opener) {
    return use(content, source, opener, StoredCheckpoint::readAll);
  }

  public static <T> T use(Path file, Opener opener, Use<T> use) {
    if (Files.isDirectory(file)) {
      throw GridException.of(
          ErrorCode.INPUT, "Cannot read %s: it is a folder, not a weight file", file);
    }
    try (Content content = Content.open(file)) {
      return use(content, file.toString(), opener, use);
    } catch (IOException e) {
      throw GridException.of(e, ErrorCode.INPUT, "Cannot read %s: %s", file, reason(e));
    }
  }

  /** Opens the content of a file and returns what is wanted of it. */
  public static <T> T use(byte[] content, String source, Opener opener, Use<T> use) {
    return use(Content.of(content), source, opener, use);
  }

  private static <T> T use(Content content, String source, Opener opener, Use<T> use) {
    try {
      return use.of(opener.open(content, source));
    } catch (IOException e) {
      throw GridException.of(e, ErrorCode.INPUT, "Cannot read %s: %s", source, reason(e));
    }
  }

  /** Lays a file out. */
  @FunctionalInterface
  public interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  public static void write(Path file, Body body) {
    Path target = file.toAbsolutePath();
    Path unfinished = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID());
    try {
      try {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
          body.writeTo(out);
        }
        Files.move(
            unfinished,
            target,
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw GridException.of(e, ErrorCode.OUTPUT, "Cannot write %s: %s", file, reason(e));
    }
  }

  /** Returns the content of a file that is small enough for an array. */
  public static byte[] bytes(Checkpoint checkpoint, Body body) {
    long data = 0;
    for (HostTensor tensor : checkpoint.tensors().values()) {
      data += (long) tensor.values().length * Float.BYTES;
    }
    return bytes(data, body);
  }

  /** Returns the content of a file whose tensors take so many bytes. */
  public static byte[] bytes(long data, Body body) {
    if (data > LONGEST_ARRAY) {
      throw GridException.of(
          ErrorCode.OUTPUT, "Cannot write a checkpoint of more than 2 GiB: %d bytes", data);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) data + ROOM_FOR_NAMES);
    try {
      body.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  // The messages of these two are the path alone, which the line names already.
  private static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    return failure.getMessage();
  }
}
