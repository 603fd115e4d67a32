package org.distillgrid.kd.weights.file;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where weights are: a file, and which of several networks in it, written {@code model.ckpt#ema}.
 *
 * @param file the file
 * @param part the name of the network, if one was chosen
 */
public record WeightPath(String file, Optional<String> part) {
  private static final char MARK = '#';

  /** Reads a path on this machine; a file whose own name has a {@code #} is that file. */
  public static WeightPath of(String written) {
    return of(written, WeightPath::isFile);
  }

  /**
   * Reads a path anywhere.
   *
   * @param isFile tells whether there is a file of a name
   */
  public static WeightPath of(String written, Predicate<String> isFile) {
    int mark = written.lastIndexOf(MARK);
    if (mark < 1 || isFile.test(written)) {
      return new WeightPath(written, Optional.empty());
    }
    String part = written.substring(mark + 1);
    return new WeightPath(written.substring(0, mark), Optional.of(part));
  }

  private static boolean isFile(String name) {
    try {
      return Files.exists(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Returns it as it is written. */
  public String text() {
    return part.map(name -> file + MARK + name).orElse(file);
  }

  /** Returns how another network in the same file is written. */
  String with(String other) {
    return file + MARK + other;
  }
}
