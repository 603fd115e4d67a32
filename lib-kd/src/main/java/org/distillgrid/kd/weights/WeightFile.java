package org.distillgrid.kd.weights;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/** A weight file as a whole: opened and closed, written beside and then moved into place. */
final class WeightFile {
  private WeightFile() {}

  /** Recognises the structure of a file. */
  @FunctionalInterface
  interface Opener {
    StoredCheckpoint open(Content content, String source) throws IOException;
  }

  /** What is wanted of a file that has been opened. */
  @FunctionalInterface
  interface Use<T> {
    T of(StoredCheckpoint checkpoint) throws IOException;
  }

  static Checkpoint read(Path file, Opener opener) {
    return use(file, opener, StoredCheckpoint::read);
  }

  static Checkpoint read(byte[] content, String source, Opener opener) {
    return use(Content.of(content), source, opener, StoredCheckpoint::read);
  }

  static <T> T use(Path file, Opener opener, Use<T> use) {
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

  private static <T> T use(Content content, String source, Opener opener, Use<T> use) {
    try {
      return use.of(opener.open(content, source));
    } catch (IOException e) {
      throw GridException.of(e, ErrorCode.INPUT, "Cannot read %s: %s", source, reason(e));
    }
  }

  static void write(Path file, byte[] bytes) {
    Path target = file.toAbsolutePath();
    Path unfinished = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID());
    try {
      try {
        Files.write(unfinished, bytes);
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
