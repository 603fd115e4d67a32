package org.distillgrid.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.StandaloneCluster.Outcome;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.Tables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart grid at test size: on one core, on a cluster, and on a cluster that is hurt. */
class IntegrationTestGridOnCluster {
  private static final int TRIALS = 8;
  private static final Map<String, String> SMALL = Map.of("spark.executor.memory", "1g");

  @TempDir static Path folder;
  private static StandaloneCluster cluster;
  private static Map<String, String> expected;

  @BeforeAll
  static void start() throws IOException {
    Path logs = Files.createDirectory(folder.resolve("logs"));
    cluster = StandaloneCluster.start(logs, 2);
    Outcome outcome = cluster.locally("local[1]", quickstart("alone"));
    assertThat(outcome.exitStatus()).as(outcome.errors()).isZero();
    expected = hashes(trials("alone"));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void aClusterTrainsEveryTrialOnceToTheSameBits() {
    Outcome outcome = cluster.submit(quickstart("cluster"), SMALL);

    assertThat(outcome.exitStatus()).as(outcome.errors()).isZero();
    assertThat(outcome.output()).contains("edsr-c4-b1", "w2a2", "logits");
    List<Row> trials = trials("cluster");
    assertThat(hashes(trials)).hasSize(TRIALS).isEqualTo(expected);
    assertThat(trials.stream().map(trial -> address(trial.getAs("slot"))).distinct())
        .containsExactlyInAnyOrder("gpu:0", "gpu:1");
  }

  @Test
  void aRunSurvivesTheLossOfItsDriverAndOfAnExecutor() throws Exception {
    List<String> command = quickstart("hurt");
    CompletableFuture<Outcome> first =
        CompletableFuture.supplyAsync(() -> cluster.submit(command, SMALL));
    await(() -> count("hurt", "checkpoint-") > 0);
    cluster.killDrivers();
    assertThat(first.get().exitStatus()).isNotZero();

    CompletableFuture<Outcome> second =
        CompletableFuture.supplyAsync(() -> cluster.submit(command, SMALL));
    int before = count("hurt", "progress.json");
    await(() -> count("hurt", "progress.json") > before);
    assertThat(cluster.killOneExecutor()).isTrue();
    Outcome outcome = second.get();

    assertThat(outcome.exitStatus()).as(outcome.errors()).isZero();
    assertThat(hashes(trials("hurt"))).isEqualTo(expected);
  }

  @Test
  void aRunSurvivesTheLossOfItsDriverWhileItsEncoderTrains() throws Exception {
    Outcome alone = cluster.locally("local[1]", withEncoder("encoder-alone"));
    assertThat(alone.exitStatus()).as(alone.errors()).isZero();
    List<String> command = withEncoder("encoder-hurt");
    CompletableFuture<Outcome> first =
        CompletableFuture.supplyAsync(() -> cluster.submit(command, SMALL));
    await(() -> count("encoder-hurt/encoder", "checkpoint-") > 0);
    cluster.killDrivers();
    assertThat(first.get().exitStatus()).isNotZero();

    Outcome second = cluster.submit(command, SMALL);

    assertThat(second.exitStatus()).as(second.errors()).isZero();
    assertThat(second.output()).contains("Encoder trained: vq-");
    assertThat(count("encoder-hurt/encoder", "progress.json")).isEqualTo(2);
    assertThat(hashes(trials("encoder-hurt"))).isEqualTo(hashes(trials("encoder-alone")));
  }

  private static List<String> withEncoder(String run) {
    List<String> command = new ArrayList<>(quickstart(run, 4));
    command.addAll(
        List.of(
            "grid.bits=[fp]",
            "grid.method=[csd]",
            "train.batch=2",
            "encoder.train.steps=60",
            "encoder.train.batch=2",
            "encoder.train.validateEvery=30",
            "encoder.train.checkpointEvery=5"));
    return command;
  }

  private static List<String> quickstart(String run) {
    return quickstart(run, 60);
  }

  private static List<String> quickstart(String run, int steps) {
    List<String> command = new ArrayList<>();
    command.add("run");
    command.add(StandaloneCluster.projectRoot().resolve("grids/quickstart.yaml").toString());
    command.addAll(
        List.of(
            "output.path=" + folder.resolve(run),
            "cluster.threads=1",
            "teacher.model=edsr-c4-b2",
            "teacher.train.steps=4",
            "grid.student=[edsr-c4-b1]",
            "train.pretrain.steps=4",
            "train.steps=" + steps,
            "train.validateEvery=30",
            "train.checkpointEvery=5"));
    return command;
  }

  private static String address(String slot) {
    return slot.substring(slot.lastIndexOf('/') + 1);
  }

  private static List<Row> trials(String run) {
    SparkSession session =
        SparkSession.builder().master("local[1]").config("spark.ui.enabled", "false").getOrCreate();
    try {
      RunFolder place =
          RunFolder.of(
              folder.resolve(run).toString(), session.sparkContext().hadoopConfiguration());
      return Tables.of(session, place).table(TableName.TRIALS).collectAsList();
    } finally {
      session.stop();
    }
  }

  /** Returns the weights' hash by trial; a trial with two rows is an error. */
  private static Map<String, String> hashes(List<Row> trials) {
    assertThat(trials).allMatch(trial -> trial.getAs("status").equals("finished"));
    return trials.stream()
        .collect(
            Collectors.toMap(
                trial -> trial.getAs("trial_id"),
                trial -> trial.getAs("weight_hash"),
                (one, other) -> {
                  throw new AssertionError("Two rows for one trial");
                },
                TreeMap::new));
  }

  private static int count(String run, String beginning) {
    Path attempts = folder.resolve(run).resolve("attempts");
    if (!Files.isDirectory(attempts)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(attempts)) {
      return (int)
          files.filter(file -> file.getFileName().toString().startsWith(beginning)).count();
    } catch (IOException | java.io.UncheckedIOException e) {
      // A file that was there when the walk began may be gone now.
      return 0;
    }
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) throws InterruptedException {
    for (int tenths = 0; tenths < 3000; tenths++) {
      if (condition.holds()) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("Waited five minutes in vain");
  }
}
