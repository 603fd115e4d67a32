package org.distillgrid.kd;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * Finds the real images and teachers that lie beside a checkout; tests skip where there are none.
 */
public final class SharedData {
  private SharedData() {}

  /** Returns a path below {@code shared/data}, or skips the test with a message. */
  public static Path path(String relative) {
    Path found = root().map(root -> root.resolve(relative)).orElse(Path.of("absent"));
    Assumptions.assumeTrue(Files.exists(found), "Skipped: no shared/data/" + relative);
    return found;
  }

  private static Optional<Path> root() {
    String configured = System.getenv("DISTILL_GRID_SHARED");
    if (configured != null) {
      return Optional.of(Path.of(configured, "data"));
    }
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null) {
      Path candidate = folder.resolve("shared/data");
      if (Files.isDirectory(candidate)) {
        return Optional.of(candidate);
      }
      folder = folder.getParent();
    }
    return Optional.empty();
  }
}
