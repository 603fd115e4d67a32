package org.distillgrid.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The archive, unpacked where there is no checkout, for a user with an empty home and a Maven that
 * fails.
 *
 * @param folder holds all of it
 */
record Archive(Path folder) {
  /** How a command ended. */
  record Outcome(int status, String out, String err) {}

  /** Unpacks it. */
  static Archive unpackedTo(Path folder) throws IOException, InterruptedException {
    Archive archive = new Archive(folder);
    Files.createDirectory(archive.home());
    Path maven = Files.createDirectory(folder.resolve("tools")).resolve("mvn");
    Files.writeString(maven, "#!/bin/sh\necho mvn was called >&2\nexit 99\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    assertThat(archive.command("tar", "-xf", file()).status()).isZero();
    return archive;
  }

  /** Returns the archive's file. */
  static String file() {
    return System.getProperty("archive");
  }

  Path home() {
    return folder.resolve("home");
  }

  /** Returns the one folder that it was unpacked to. */
  Path root() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> path.getFileName().toString().startsWith("distill-grid-"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Runs a command of distill-grid in the archive's folder. */
  Outcome run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(root().resolve("bin/distill-grid").toString()));
    command.addAll(List.of(arguments));
    return start(root(), command);
  }

  /** Runs a program beside it. */
  Outcome command(String... words) throws IOException, InterruptedException {
    return start(folder, List.of(words));
  }

  private Outcome start(Path where, List<String> command) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(command).directory(where.toFile());
    Map<String, String> environment = builder.environment();
    String path = folder.resolve("tools") + ":" + environment.get("PATH");
    String java = System.getProperty("java.home");
    environment.clear();
    environment.putAll(Map.of("PATH", path, "HOME", home().toString(), "JAVA_HOME", java));
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
      return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
