package org.distillgrid.clusters;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A grid on YARN whose spec, images and results lie on HDFS, and which is hurt on its way. */
class IntegrationTestHadoop {
  /** What a grid asks of YARN beside what {@code cluster-conf/yarn} says. */
  static final Map<String, String> EXECUTORS =
      Map.of(
          "spark.driver.memory", "1g",
          "spark.executor.instances", "2",
          "spark.executor.cores", "1",
          "spark.executor.memory", "1g",
          "spark.executor.memoryOverhead", "512m",
          "spark.executor.resource.gpu.amount", "0");

  private static final int TRIALS = 4;
  private static final List<String> ALONE = List.of("--master", "local[1]");

  @TempDir static Path folder;
  private static HadoopCluster cluster;
  private static Launcher launcher;
  private static Launcher onYarn;
  private static List<String> expected;

  @BeforeAll
  static void start() throws Exception {
    Path grid = folder.resolve("grid");
    Path spec = SmallGrid.write(grid, "[fp, w4a4]", 200);
    cluster = HadoopCluster.start(Files.createDirectory(folder.resolve("cluster")));
    cluster.copy(grid, "/grid");
    launcher = cluster.launcher();
    String alone = folder.resolve("alone").toString();
    Launcher.Outcome outcome =
        launcher.run(ALONE, List.of("run", spec.toString(), "output.path=" + alone));
    assertThat(outcome.status()).as(outcome.errors()).isZero();
    expected = launcher.trials(ALONE, alone);
    assertThat(expected).hasSize(TRIALS).allMatch(trial -> trial.contains(",finished,"));
    onYarn = launcher.with(EXECUTORS);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void aDriverOnThisMachineIsLostAndThenAContainer() throws Exception {
    Launcher.Started first = onYarn.start(yarn("client"), command("client"));
    Launcher.await(() -> !first.process().isAlive() || checkpoints("client") > 0);
    assertThat(first.process().isAlive()).as(Files.readString(first.errors())).isTrue();
    first.kill();

    int before = attempts("client");
    Launcher.Started second = onYarn.start(yarn("client"), command("client"));
    Launcher.await(() -> !second.process().isAlive() || attempts("client") > before);
    assertThat(cluster.killExecutor()).isTrue();
    Launcher.Outcome outcome = second.outcome();

    assertThat(outcome.status()).as(outcome.errors()).isZero();
    assertThat(launcher.trials(ALONE, cluster.at("/runs/client"))).isEqualTo(expected);
  }

  @Test
  void aDriverInAContainerIsLostAndStartedAgainByYarn() throws Exception {
    Launcher.Started started = onYarn.start(yarn("cluster"), command("cluster"));
    Launcher.await(() -> !started.process().isAlive() || checkpoints("cluster") > 0);
    assertThat(cluster.killDriver()).as(Files.readString(started.errors())).isTrue();
    Launcher.Outcome outcome = started.outcome();

    assertThat(outcome.status()).as(outcome.errors()).isZero();
    assertThat(launcher.trials(ALONE, cluster.at("/runs/cluster"))).isEqualTo(expected);
  }

  static List<String> yarn(String mode) {
    Path properties = Launcher.root().resolve("cluster-conf/yarn/spark-defaults.conf");
    return List.of(
        "--master",
        "yarn",
        "--properties-file",
        properties.toString(),
        "--spark",
        "spark.submit.deployMode=" + mode);
  }

  private static List<String> command(String run) {
    List<String> command = new ArrayList<>(List.of("run", cluster.at("/grid/grid.yaml")));
    command.add("output.path=" + cluster.at("/runs/" + run));
    return command;
  }

  private static int checkpoints(String run) {
    return cluster.count("/runs/" + run + "/attempts", "checkpoint-");
  }

  private static int attempts(String run) {
    return cluster.count("/runs/" + run + "/attempts", "progress.json");
  }
}
