package org.distillgrid.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs commands of an installed {@code bin/distill-grid} whose JVM keeps its classes in an archive:
 * whatever becomes of the archive, what they print stays the same.
 */
class IntegrationTestShortCommands {
  private static final String SUBMITTED = "through spark-submit";

  @TempDir Path folder;
  private Path target;
  private Path elsewhere;

  private record Result(int status, String output, String errors) {}

  @BeforeEach
  void install() throws IOException {
    Path root = StandaloneCluster.projectRoot();
    target = Files.createDirectories(folder.resolve("a grid/jobs/target"));
    elsewhere = folder.resolve("elsewhere");
    Path script = Files.createDirectories(folder.resolve("a grid/bin")).resolve("distill-grid");
    Files.copy(root.resolve("bin/distill-grid"), script, StandardCopyOption.COPY_ATTRIBUTES);
    Path built = root.resolve("jobs/target");
    Files.copy(built.resolve("distill-grid.jar"), target.resolve("distill-grid.jar"));
    Files.createSymbolicLink(target.resolve("native"), built.resolve("native"));
    Path sparkHome = Files.createDirectories(target.resolve("spark-home/bin")).getParent();
    for (String part : List.of("jars", "conf", "java.options")) {
      Files.createSymbolicLink(sparkHome.resolve(part), built.resolve("spark-home/" + part));
    }
    Path submit = sparkHome.resolve("bin/spark-submit");
    Files.writeString(submit, "#!/bin/bash\necho " + SUBMITTED + "\n");
    assertThat(submit.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void theArchiveIsMadeOnceAndUsed() throws Exception {
    Result first = launch("list", "methods");
    assertThat(onlyArchive()).hasExtension("new");
    Result second = launch("list", "methods");
    Path archive = onlyArchive();
    FileTime made = Files.getLastModifiedTime(archive);

    assertThat(first.status()).isZero();
    assertThat(first.output()).contains("logits").doesNotContain(SUBMITTED);
    assertThat(first.errors()).isEmpty();
    assertThat(second).isEqualTo(first);
    assertThat(archive.toString()).endsWith("-" + Files.size(archive) + ".jsa");
    assertThat(launch("list", "methods")).isEqualTo(first);
    assertThat(onlyArchive()).isEqualTo(archive);
    assertThat(Files.getLastModifiedTime(archive)).isEqualTo(made);
  }

  @Test
  void anArchiveThatIsCutShortIsMadeAnew() throws Exception {
    Result first = launch("list", "methods");
    launch("list", "methods");
    Path archive = onlyArchive();
    assertThat(archive.toFile().setWritable(true)).isTrue();
    try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }

    assertThat(launch("list", "methods")).isEqualTo(first);
    assertThat(onlyArchive()).hasExtension("new");
  }

  @Test
  void whatIsNoArchiveIsPassedOver() throws Exception {
    Result first = launch("list", "methods");
    launch("list", "methods");
    Path archive = onlyArchive();
    byte[] other = new byte[(int) Files.size(archive)];
    Arrays.fill(other, (byte) 7);
    Files.delete(archive);
    Files.write(archive, other);

    assertThat(launch("list", "methods")).isEqualTo(first);
  }

  @Test
  void anArchiveThatWasNotFinishedIsMadeAnew() throws Exception {
    Result first = launch("list", "methods");
    Path fresh = onlyArchive();
    Files.delete(fresh);
    Files.write(fresh, new byte[1000]);

    assertThat(launch("list", "methods")).isEqualTo(first);
    assertThat(onlyArchive()).isEqualTo(fresh);
    assertThat(Files.size(fresh)).isGreaterThan(1_000_000);
  }

  @Test
  void anotherApplicationMakesItsOwnArchive() throws Exception {
    Result first = launch("list", "methods");
    Path before = onlyArchive();
    Files.setLastModifiedTime(target.resolve("distill-grid.jar"), FileTime.fromMillis(86_400_000L));

    assertThat(launch("list", "methods")).isEqualTo(first);
    assertThat(onlyArchive()).isNotEqualTo(before);
  }

  @Test
  void archivesLieElsewhereOrNowhereWhereTheTargetCannotBeWritten() throws Exception {
    Files.writeString(target.resolve("archives"), "no folder");
    Result first = launch("list", "methods");

    try (Stream<Path> archives = Files.list(elsewhere.resolve("distill-grid"))) {
      assertThat(archives).hasSize(1);
    }
    elsewhere = Files.writeString(folder.resolve("no folder either"), "");
    assertThat(launch("list", "methods")).isEqualTo(first);
    assertThat(first.output()).contains("logits");
  }

  @Test
  void mistakesKeepTheirLineAndStatus() throws Exception {
    Result result = launch("plan", "none.yaml");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.output()).isEmpty();
    assertThat(result.errors()).startsWith("error: ").contains("none.yaml").hasLineCount(1);
  }

  @Test
  void endsAsInterruptedProgramsDo() throws Exception {
    for (String signal : List.of("INT", "TERM")) {
      // It waits for its spec.
      Process waiting = started("plan", "-");
      while (waiting.info().command().filter(name -> name.endsWith("/java")).isEmpty()) {
        assertThat(waiting.isAlive()).isTrue();
        Thread.sleep(50);
      }
      Thread.sleep(500);
      String pid = Long.toString(waiting.pid());
      assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor()).isZero();
      assertThat(waiting.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(waiting.exitValue()).isEqualTo(Map.of("INT", 130, "TERM", 143).get(signal));
    }
  }

  @Test
  void whatIsConfiguredGoesThroughSparkSubmit() throws Exception {
    assertThat(launch("--spark", "spark.a=b", "list", "methods").output()).contains(SUBMITTED);
    assertThat(launch("--master", "spark://h:7077", "list", "methods").output())
        .contains(SUBMITTED);
    assertThat(launch("--jars", "mine.jar", "list", "methods").output()).contains(SUBMITTED);
    assertThat(launch("--master", "local[2]", "run", "a.yaml").output()).contains(SUBMITTED);
    assertThat(target.resolve("archives")).doesNotExist();
  }

  @Test
  void aWholeMachineStartsAtOnceAndLeavesNoArchive() throws Exception {
    Result result = launch("run", "none.yaml");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.output()).doesNotContain(SUBMITTED);
    assertThat(result.errors()).startsWith("error: ").contains("none.yaml").hasLineCount(1);
    assertThat(target.resolve("archives")).isEmptyDirectory();
  }

  @Test
  void executorsOfThisMachineShareTheArchiveOfTheTables() throws Exception {
    launch("sql", "none", "SELECT 1");
    assertThat(onlyArchive()).hasExtension("new");
    Path grid = StandaloneCluster.projectRoot().resolve("grids/quickstart.yaml");

    Process driver =
        started("run", "--workers", "2", grid.toString(), "output.path=" + folder.resolve("run"));
    List<ProcessHandle> executors = List.of();
    try {
      while (executors.stream().noneMatch(this::readsTheArchive) && driver.isAlive()) {
        Thread.sleep(200);
        executors = driver.descendants().toList();
      }
      assertThat(driver.isAlive()).as(Files.readString(folder.resolve("errors"))).isTrue();
    } finally {
      driver.destroyForcibly().waitFor();
      executors.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private boolean readsTheArchive(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "maps"))
          .contains(target.resolve("archives").resolve("tables-").toString());
    } catch (IOException e) {
      // It has just ended.
      return false;
    }
  }

  private Path onlyArchive() throws IOException {
    try (Stream<Path> archives = Files.list(target.resolve("archives"))) {
      List<Path> all = archives.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }

  private Result launch(String... arguments) throws IOException, InterruptedException {
    Process process = started(arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output, Files.readString(folder.resolve("errors")));
  }

  private Process started(String... arguments) throws IOException {
    // A shell has its jobs in the background ignore Ctrl-C, and this process may be in one.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(folder.resolve("a grid/bin/distill-grid").toString());
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    StandaloneCluster.isolate(builder.environment());
    builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
    builder.environment().keySet().removeIf(name -> name.endsWith("_CONF_DIR"));
    builder.environment().put("XDG_CACHE_HOME", elsewhere.toString());
    return builder.redirectError(folder.resolve("errors").toFile()).start();
  }
}
