package org.distillgrid.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code bin/distill-grid} on a Spark home whose spark-submit prints what it was given. */
class IntegrationTestLauncher {
  private static final String ECHO =
      """
      #!/bin/bash
      printf '%s\\n' "$@"
      for name in MALLOC_ARENA_MAX OMP_NUM_THREADS SPARK_LOCAL_IP DJL_CACHE_DIR SPARK_SUBMIT_OPTS; do
        echo "env $name=${!name:-}"
      done
      """;

  @TempDir Path folder;
  private Path launcher;

  @BeforeEach
  void install() throws IOException {
    Path sparkHome = Files.createDirectories(folder.resolve("a spark/bin"));
    Path submit = Files.writeString(sparkHome.resolve("spark-submit"), ECHO);
    Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path found = StandaloneCluster.projectRoot().resolve("bin/distill-grid");
    launcher = Files.createSymbolicLink(folder.resolve("linked"), found);
  }

  @Test
  void runsLocallyByDefault() throws Exception {
    Result result = launch(Map.of(), "run", "my spec.yaml", "--master", "kept");

    assertThat(result.status()).isZero();
    assertThat(result.lines())
        .containsSubsequence("--master", "local[*]")
        .containsSubsequence("--class", "org.distillgrid.jobs.cli.DistillGrid")
        .containsSubsequence("--conf", "spark.driver.memory=2g")
        .containsSubsequence("--conf", "spark.distillgrid.machine=whole")
        .contains("spark.executorEnv.MALLOC_ARENA_MAX=1", "spark.executorEnv.DJL_OFFLINE=true")
        .contains("spark.executorEnv.CUBLAS_WORKSPACE_CONFIG=:4096:8")
        .containsSubsequence("run", "my spec.yaml", "--master", "kept")
        .contains(
            "env MALLOC_ARENA_MAX=1", "env OMP_NUM_THREADS=1", "env SPARK_LOCAL_IP=127.0.0.1");
    assertThat(after(result.lines(), "--jars").split(","))
        .hasSize(2)
        .allMatch(jar -> Files.exists(Path.of(jar)));
  }

  @Test
  void whatTheUserSetsWins() throws Exception {
    Path properties =
        Files.writeString(
            folder.resolve("my.conf"),
            "spark.driver.memory  5g\nspark.master = spark://file:7077\n");
    Result result =
        launch(
            Map.of("MALLOC_ARENA_MAX", "2", "SPARK_LOCAL_IP", ""),
            "--properties-file",
            properties.toString(),
            "--spark",
            "spark.executor.cores=3",
            "--jars=mine.jar",
            "list",
            "methods");

    assertThat(result.lines())
        .containsSubsequence("--master", "spark://file:7077")
        .containsSubsequence("--properties-file", properties.toString())
        .containsSubsequence("--conf", "spark.executor.cores=3", "list", "methods")
        .contains("env MALLOC_ARENA_MAX=2", "env SPARK_LOCAL_IP=")
        .noneMatch(line -> line.startsWith("spark.driver.memory"))
        .noneMatch(line -> line.startsWith("spark.distillgrid"));
    assertThat(after(result.lines(), "--jars")).startsWith("mine.jar,");
  }

  @Test
  void aNamedMasterIsTaken() throws Exception {
    Result variable = launch(Map.of("DISTILL_GRID_MASTER", "spark://a:7077"), "list");
    Result property = launch(Map.of(), "--spark", "spark.master=spark://a:7077", "list");
    Result option = launch(Map.of(), "--master", "spark://a:7077", "list");

    for (Result result : List.of(variable, property, option)) {
      assertThat(result.lines())
          .containsSubsequence("--master", "spark://a:7077")
          .noneMatch(line -> line.startsWith("spark.distillgrid"));
    }
  }

  @Test
  void aSiteSwapsTheNatives() throws Exception {
    Result folderOfLibraries =
        launch(
            Map.of(
                "PYTORCH_LIBRARY_PATH", "/opt/libtorch",
                "PYTORCH_VERSION", "2.7.1",
                "PYTORCH_FLAVOR", "cu128"),
            "list");
    assertThat(after(folderOfLibraries.lines(), "--jars")).doesNotContain("pytorch-native-cpu");
    assertThat(folderOfLibraries.lines())
        .contains("spark.executorEnv.PYTORCH_LIBRARY_PATH=/opt/libtorch")
        .contains("spark.executorEnv.PYTORCH_VERSION=2.7.1")
        .contains("spark.executorEnv.PYTORCH_FLAVOR=cu128");

    Result jars = launch(Map.of("DISTILL_GRID_NATIVES", "/a/jni.jar,/a/cuda.jar"), "list");
    assertThat(after(jars.lines(), "--jars")).isEqualTo("/a/jni.jar,/a/cuda.jar");
  }

  @Test
  void aHomeThatCannotBeWrittenIsNotNeeded() throws Exception {
    Result result = launch(Map.of("HOME", "/nonexistent", "TMPDIR", folder.toString()), "list");

    String cache = folder.toString() + "/distill-grid-";
    assertThat(result.lines()).anyMatch(line -> line.startsWith("env DJL_CACHE_DIR=" + cache));
  }

  @Test
  void mistakesAreOneLine() throws Exception {
    assertThat(launch(Map.of(), "--spark", "driver.memory=1g", "list"))
        .isEqualTo(mistake("Cannot read --spark: want spark.KEY=VALUE, not driver.memory=1g"));
    assertThat(launch(Map.of(), "--master"))
        .isEqualTo(mistake("Cannot read the command line: --master needs a value"));
    assertThat(launch(Map.of(), "--properties-file", "none.conf", "list"))
        .isEqualTo(mistake("Cannot read --properties-file: no such file: none.conf"));
    assertThat(launch(Map.of("SPARK_HOME", "/nonexistent"), "list"))
        .isEqualTo(mistake("Cannot start: no bin/spark-submit in SPARK_HOME: /nonexistent"));
  }

  private record Result(int status, List<String> lines) {}

  private static Result mistake(String message) {
    return new Result(2, List.of("distill-grid: " + message));
  }

  private static String after(List<String> lines, String option) {
    return lines.get(lines.indexOf(option) + 1);
  }

  private Result launch(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    StandaloneCluster.isolate(builder.environment());
    builder.environment().remove("SPARK_LOCAL_IP");
    for (String ours : List.of("MALLOC_", "OMP_", "DJL_", "PYTORCH_", "LD_PRELOAD")) {
      builder.environment().keySet().removeIf(name -> name.startsWith(ours));
    }
    builder.environment().put("SPARK_HOME", folder.resolve("a spark").toString());
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    return new Result(process.waitFor(), lines);
  }
}
