package org.distillgrid.jobs.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/**
 * What the source was that these classes were compiled from.
 *
 * @param id of the commit; empty where the build found no repository
 * @param hasChanges whether tracked files differed from it
 */
record Commit(Optional<String> id, boolean hasChanges) {
  private static final String FILE = "git.properties";

  /** Returns that of this jar. */
  static Commit ofBuild() {
    try (InputStream file = Commit.class.getResourceAsStream(FILE)) {
      Properties properties = new Properties();
      if (file != null) {
        properties.load(file);
      }
      return of(properties);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what the build noted. */
  static Commit of(Properties properties) {
    return new Commit(
        Optional.ofNullable(properties.getProperty("commit")).filter(id -> !id.isBlank()),
        Boolean.parseBoolean(properties.getProperty("dirty")));
  }

  /** Returns it in a few words. */
  String text() {
    if (id.isEmpty()) {
      return "unknown commit";
    }
    if (hasChanges) {
      return "commit " + id.get() + " with changes";
    }
    return "commit " + id.get();
  }
}
