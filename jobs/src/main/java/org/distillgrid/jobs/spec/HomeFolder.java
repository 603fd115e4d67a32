package org.distillgrid.jobs.spec;

import java.util.Map;

/**
 * The folder that {@code ~} stands for, as in a shell, which does not write it out inside a file or
 * behind an equals sign.
 */
final class HomeFolder {
  private final String folder;

  private HomeFolder(String folder) {
    this.folder = folder;
  }

  /** Returns that of the user who runs this. */
  static HomeFolder ofThisUser() {
    return of(System.getenv(), System.getProperty("user.home"));
  }

  /**
   * Returns that of an environment.
   *
   * @param otherwise the home folder where the environment has none
   */
  static HomeFolder of(Map<String, String> environment, String otherwise) {
    String home = environment.getOrDefault("HOME", "");
    if (home.startsWith("/")) {
      return new HomeFolder(home);
    }
    return new HomeFolder(otherwise);
  }

  /** Returns whether a path begins with a tilde. */
  static boolean isMeant(String path) {
    return path.startsWith("~");
  }

  /**
   * Returns a path with its tilde written out.
   *
   * @throws IllegalArgumentException if it names the home folder of another user
   */
  String resolve(String path) {
    if (path.equals("~") || path.startsWith("~/")) {
      return folder + path.substring(1);
    }
    throw new IllegalArgumentException(
        "the home folder of another user is not looked up; write it in full, or ./" + path);
  }
}
