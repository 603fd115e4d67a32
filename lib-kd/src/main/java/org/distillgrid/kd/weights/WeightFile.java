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

/** A weight file as a whole: read at once, written beside and then moved into place. */
final class WeightFile {
  private WeightFile() {}

  static byte[] read(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw GridException.of(
            ErrorCode.INPUT, "Cannot read %s: it is a folder, not a weight file", file);
      }
      long size = Files.size(file);
      if (size > Integer.MAX_VALUE - Long.BYTES) {
        throw GridException.of(
            ErrorCode.INPUT, "Cannot read %s: it has more than 2 GiB (%d bytes)", file, size);
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw GridException.of(e, ErrorCode.INPUT, "Cannot read %s: %s", file, reason(e));
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
