package org.distillgrid.jobs.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A run folder that an earlier version has left, in a place of its own. The paths in it are those
 * of the place where it was made, {@code /grid}; in its text files they are written anew here.
 */
record EarlierRun(Path root) {
  private static final String MADE_AT = "/grid";
  private static final List<String> TEXTS = List.of(".yaml", ".json");

  /** Copies the run of a version to an empty folder. */
  static EarlierRun of(String version, Path root) throws IOException {
    Path kept = resource("/run-folders/" + version);
    try (Stream<Path> files = Files.walk(kept)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = root.resolve(kept.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        if (TEXTS.stream().anyMatch(file.toString()::endsWith)) {
          Files.writeString(copy, Files.readString(file).replace(MADE_AT + "/", root + "/"));
        } else {
          Files.copy(file, copy);
        }
      }
    }
    return new EarlierRun(root);
  }

  /** Returns the run folder. */
  Path folder() {
    return root.resolve("run");
  }

  /** Runs the spec that it was made with once more, with overrides. */
  TinyRun.Outcome resume(String... overrides) {
    List<String> arguments = new ArrayList<>(List.of("run", root.resolve("tiny.yaml").toString()));
    arguments.add("output.path=" + folder());
    arguments.addAll(List.of(overrides));
    return TinyRun.execute(arguments.toArray(String[]::new));
  }

  /** Answers a query with comma-separated values, the titles left out. */
  String sql(String query) {
    TinyRun.Outcome outcome = TinyRun.execute("sql", "--csv", folder().toString(), query);
    if (outcome.status() != 0) {
      throw new AssertionError(outcome.err());
    }
    return outcome.out().lines().skip(1).reduce((one, next) -> one + "\n" + next).orElse("");
  }

  private static Path resource(String name) {
    try {
      return Path.of(EarlierRun.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
