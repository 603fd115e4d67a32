package org.distillgrid.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

/** The worked examples of {@code docs/methods/adding.md}, in a jar of their own. */
class IntegrationTestAddedMethod {
  private static final String OPTION = "charbonnier(epsilon=0.1)";

  @TempDir static Path folder;
  private static StandaloneCluster cluster;
  private static Path jar;

  @BeforeAll
  static void start() throws IOException {
    jar = ExampleJar.in(folder.resolve("jar"), source -> source);
    cluster = StandaloneCluster.start(Files.createDirectory(folder.resolve("logs")), 2);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void isListedWithItsOptions() {
    Outcome outcome = locally(jar, "list", "methods");

    assertThat(outcome.exitStatus()).as(outcome.errors()).isZero();
    assertThat(outcome.output().lines())
        .anyMatch(line -> line.matches("charbonnier +L1 to the ground truth \\+ Charbonnier .*"))
        .anyMatch(line -> line.matches(" +epsilon +where .* \\(default 0.001, a number .*"))
        .anyMatch(line -> line.startsWith("logits "));
  }

  @Test
  void trainsToTheSameBitsOnOneMachineAndOnACluster() {
    Outcome alone = locally(jar, run("alone"));
    assertThat(alone.exitStatus()).as(alone.errors()).isZero();
    Map<String, String> hashes = hashes("alone");
    assertThat(hashes)
        .containsOnlyKeys("logits", "charbonnier", OPTION, "spark+charbonnier", "profile");
    assertThat(hashes.values()).doesNotHaveDuplicates();

    List<String> command = new ArrayList<>(List.of("--jars", jar.toString()));
    command.addAll(List.of(run("together")));
    Outcome together = cluster.submit(command, Map.of("spark.executor.memory", "1g"));
    assertThat(together.exitStatus()).as(together.errors()).isZero();
    assertThat(hashes("together")).isEqualTo(hashes);
  }

  @Test
  void aNameThatIsTakenIsRefusedInOneLine() throws IOException {
    Path taken =
        ExampleJar.in(
            folder.resolve("taken"), source -> source.replace("\"charbonnier\";", "\"logits\";"));
    Outcome outcome = locally(taken, "list", "methods");

    assertThat(outcome.exitStatus()).isEqualTo(2);
    assertThat(outcome.output()).isEmpty();
    assertThat(outcome.errors().lines())
        .singleElement()
        .asString()
        .startsWith("error: Cannot register method logits twice: ")
        .contains("org.distillgrid.kd.distill.Logits", "com.example.Charbonnier");
  }

  @Test
  void aClassThatIsNotThereIsRefusedInOneLine() throws IOException {
    Path renamed =
        ExampleJar.in(
            folder.resolve("renamed"),
            source -> source.replace("package com.example;", "package com.other;"));
    Outcome outcome = locally(renamed, "list", "methods");

    assertThat(outcome.exitStatus()).isEqualTo(2);
    assertThat(outcome.errors().lines())
        .singleElement()
        .asString()
        .startsWith("error: Cannot load a method: ")
        .contains("com.example.Charbonnier");
  }

  private static Outcome locally(Path jar, String... arguments) {
    List<String> command = new ArrayList<>(List.of("--jars", jar.toString()));
    command.addAll(List.of(arguments));
    return cluster.locally("local[1]", command);
  }

  private static String[] run(String output) {
    return new String[] {
      "run",
      StandaloneCluster.projectRoot().resolve("grids/quickstart.yaml").toString(),
      "output.path=" + folder.resolve(output),
      "cluster.threads=1",
      "teacher.model=edsr-c4-b2",
      "teacher.train.steps=4",
      "grid.student=[edsr-c4-b1]",
      "grid.bits=[w4a4]",
      "grid.method=[logits, charbonnier, " + OPTION + ", spark+charbonnier, profile]",
      "train.pretrain.steps=4",
      "train.steps=6",
      "train.validateEvery=6"
    };
  }

  /** Returns the weights' hash of every trial by its method. */
  private static Map<String, String> hashes(String run) {
    SparkSession session =
        SparkSession.builder().master("local[1]").config("spark.ui.enabled", "false").getOrCreate();
    try {
      RunFolder place =
          RunFolder.of(
              folder.resolve(run).toString(), session.sparkContext().hadoopConfiguration());
      Map<String, String> hashes = new TreeMap<>();
      for (Row trial : Tables.of(session, place).table(TableName.TRIALS).collectAsList()) {
        assertThat(trial.<String>getAs("error")).isNull();
        hashes.put(trial.getAs("method"), trial.getAs("weight_hash"));
      }
      return hashes;
    } finally {
      session.stop();
    }
  }
}
