package org.distillgrid.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bin/distill-grid} without a master: two executors of this machine, and none afterwards.
 */
class IntegrationTestWholeMachine {
  private static final int TRIALS = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final Duration ORPHANED = Duration.ofMinutes(1);
  private static final String EXECUTOR = "CoarseGrainedExecutorBackend";
  private static final String LEFT = "distill-grid-workers-";

  @TempDir Path folder;

  @Test
  void trainsOnEveryWorkerToTheBitsOfOneProcess() throws Exception {
    Process alone = start("alone", List.of("--master", "local[1]"), List.of(), 10);
    assertThat(ended(alone)).as(printed("alone")).isZero();
    Process machine = start("machine", List.of(), List.of("--workers", "2"), 10);
    assertThat(ended(machine)).as(printed("machine")).isZero();

    assertThat(printed("machine")).contains("Machine: 2 executors of 1 core and ");
    Map<String, JsonNode> expected = results("alone");
    Map<String, JsonNode> results = results("machine");
    assertThat(expected).hasSize(TRIALS);
    assertThat(values(results, "weightHash")).isEqualTo(values(expected, "weightHash"));
    assertThat(values(results, "slot").values()).contains("127.0.0.1/0/cpu", "127.0.0.1/1/cpu");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void everyGpuHasItsExecutor() throws Exception {
    Path commands = Files.createDirectories(folder.resolve("commands"));
    Path listing = commands.resolve("nvidia-smi");
    Files.writeString(listing, "#!/bin/sh\nprintf '0\\n1\\n'\n");
    Files.setPosixFilePermissions(listing, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path natives = StandaloneCluster.projectRoot().resolve("jobs/target/native");
    Map<String, String> site =
        Map.of(
            "PATH",
            commands + ":" + System.getenv("PATH"),
            // What a site puts in the place of our jars; here the same ones.
            "DISTILL_GRID_NATIVES",
            joined(natives));

    Process machine = start("gpus", List.of(), List.of(), 4, site);

    assertThat(ended(machine)).as(printed("gpus")).isZero();
    assertThat(printed("gpus")).contains("Machine: 2 executors of ", ", 2 GPUs, ");
    // Which executor registers first, and so which GPU is number 0's, is a race.
    assertThat(new TreeSet<>(values(results("gpus"), "slot").values()))
        .isIn(
            Set.of("127.0.0.1/0/gpu:0", "127.0.0.1/1/gpu:1"),
            Set.of("127.0.0.1/0/gpu:1", "127.0.0.1/1/gpu:0"));
  }

  private static String joined(Path folder) throws IOException {
    try (Stream<Path> jars = Files.list(folder)) {
      return jars.map(Path::toString).sorted().collect(Collectors.joining(","));
    }
  }

  @Test
  void aMistakeThatEndsARunAsItBeginsIsOneLine() throws Exception {
    Path weights = Files.writeString(folder.resolve("weights.txt"), "none");
    for (String run : List.of("mistake", "again", "once more")) {
      List<String> options = List.of("--workers", "2", "teacher.weights=" + weights);
      Process driver = start(run, List.of(), options, 10);

      assertThat(ended(driver)).as(printed(run)).isEqualTo(3);
      assertThat(printed(run).lines())
          .hasSize(2)
          .first()
          .asString()
          .startsWith("Machine: 2 executors of ");
      assertThat(printed(run))
          .contains("error: Cannot read " + weights + ": its format is unknown");
    }
  }

  @Test
  void anInterruptedRunLeavesNothingBehind() throws Exception {
    Process driver = start("interrupted", List.of(), List.of("--workers", "2"), 100_000);
    List<ProcessHandle> executors = training("interrupted", driver);

    signal(driver, "INT");

    requireGone(executors, driver);
    assertThat(leftovers()).isEmpty();
    assertThat(results("interrupted")).isEmpty();
  }

  @Test
  void aKilledDriverLeavesNoProcessBehind() throws Exception {
    Process driver = start("killed", List.of(), List.of("--workers", "2"), 100_000);
    List<ProcessHandle> executors = training("killed", driver);

    signal(driver, "KILL");

    requireGone(executors, driver);
  }

  private List<ProcessHandle> training(String run, Process driver) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (paths(run, "progress.json").isEmpty()) {
      assertThat(driver.isAlive()).as(printed(run)).isTrue();
      assertThat(System.nanoTime()).as(printed(run)).isLessThan(deadline);
      Thread.sleep(200);
    }
    List<ProcessHandle> executors =
        driver
            .descendants()
            .filter(process -> process.info().commandLine().orElse("").contains(EXECUTOR))
            .toList();
    assertThat(executors).hasSize(2);
    return executors;
  }

  private static void signal(Process driver, String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(driver.pid())).start().waitFor();
  }

  private static void requireGone(List<ProcessHandle> executors, Process driver) throws Exception {
    assertThat(driver.waitFor(ORPHANED.toSeconds(), TimeUnit.SECONDS)).isTrue();
    try {
      for (ProcessHandle executor : executors) {
        executor.onExit().get(ORPHANED.toSeconds(), TimeUnit.SECONDS);
      }
    } finally {
      executors.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private Process start(String run, List<String> before, List<String> options, int steps)
      throws IOException {
    return start(run, before, options, steps, Map.of());
  }

  private Process start(
      String run,
      List<String> before,
      List<String> options,
      int steps,
      Map<String, String> environment)
      throws IOException {
    Path root = StandaloneCluster.projectRoot();
    // A shell has its jobs in the background ignore Ctrl-C, and this process may be in one.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(root.resolve("bin/distill-grid").toString());
    command.addAll(before);
    command.add("run");
    command.addAll(options);
    command.add(root.resolve("grids/quickstart.yaml").toString());
    command.addAll(
        List.of(
            "output.path=" + folder.resolve(run),
            "teacher.model=edsr-c4-b2",
            "teacher.train.steps=4",
            "grid.student=[edsr-c4-b1]",
            "train.pretrain.steps=4",
            "train.steps=" + steps));
    Path log = folder.resolve(run + ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    StandaloneCluster.isolate(builder.environment());
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    builder.environment().put("SPARK_SUBMIT_OPTS", "-Djava.io.tmpdir=" + temporary);
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static int ended(Process process) throws InterruptedException {
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private String printed(String run) throws IOException {
    return Files.readString(folder.resolve(run + ".log"));
  }

  private List<Path> leftovers() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("tmp"))) {
      return files.filter(file -> file.getFileName().toString().startsWith(LEFT)).toList();
    }
  }

  private Map<String, JsonNode> results(String run) throws IOException {
    Map<String, JsonNode> results = new TreeMap<>();
    for (Path file : paths(run, "result.json")) {
      JsonNode result = new ObjectMapper().readTree(file.toFile());
      results.put(result.path("trialId").asText(), result);
    }
    return results;
  }

  private static Map<String, String> values(Map<String, JsonNode> results, String field) {
    Map<String, String> values = new TreeMap<>();
    results.forEach((trial, result) -> values.put(trial, result.path(field).asText()));
    return values;
  }

  /** Returns the files of a name in all attempts at trials. */
  private List<Path> paths(String run, String name) throws IOException {
    Path attempts = folder.resolve(run).resolve("attempts");
    if (!Files.isDirectory(attempts)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(attempts, 3)) {
      return files.filter(file -> file.endsWith(name)).toList();
    } catch (java.io.UncheckedIOException e) {
      // A file that was there when the walk began may be gone now.
      return List.of();
    }
  }
}
