package org.distillgrid.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

/** The jars of {@code examples}, which {@code docs/extending.md} walks through, given by --jars. */
class IntegrationTestExamples {
  private static final String OPTION = "charbonnier(epsilon=0.1)";
  private static final List<String> METHODS =
      List.of("logits", "charbonnier", OPTION, "spark+charbonnier", "profile");
  private static final String STUDENT = "espcn-c4x4";
  private static final String QUANTIZER = "sigma(width=2)";
  private static final String TASK = "impulse-p20";

  @TempDir static Path folder;
  private static StandaloneCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    cluster = StandaloneCluster.start(Files.createDirectory(folder.resolve("logs")), 2);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void isListedWithItsOptions() throws IOException {
    String jar = ExampleJar.in(folder.resolve("made"), source -> source).toString();
    Outcome outcome = locally(jar, List.of("list", "methods"));

    assertThat(outcome.exitStatus()).as(outcome.errors()).isZero();
    assertThat(outcome.output().lines())
        .anyMatch(line -> line.matches("charbonnier +L1 to the ground truth \\+ Charbonnier .*"))
        .anyMatch(line -> line.matches(" +epsilon +where .* \\(default 0.001, a number .*"))
        .anyMatch(line -> line.startsWith("logits "));
  }

  @Test
  void trainTogetherToTheSameBitsOnOneMachineAndOnACluster() {
    String jars =
        Stream.of("method", "output-method", "quantizer", "student", "task")
            .map(kind -> "examples/" + kind + "/target/example-" + kind + ".jar")
            .map(jar -> StandaloneCluster.projectRoot().resolve(jar).toString())
            .collect(Collectors.joining(","));
    Outcome alone = locally(jars, run("alone"));
    assertThat(alone.exitStatus()).as(alone.errors()).isZero();
    Map<String, String> hashes = hashes("alone");
    assertThat(hashes).containsOnlyKeys(METHODS);
    assertThat(hashes.values()).doesNotHaveDuplicates();

    Outcome together =
        cluster.submit(with(jars, run("together")), Map.of("spark.executor.memory", "1g"));
    assertThat(together.exitStatus()).as(together.errors()).isZero();
    assertThat(together.output()).contains(STUDENT, QUANTIZER, "profile");
    assertThat(hashes("together")).isEqualTo(hashes);
  }

  @Test
  void aNameThatIsTakenIsRefusedInOneLine() throws IOException {
    Path taken =
        ExampleJar.in(
            folder.resolve("taken"), source -> source.replace("\"charbonnier\";", "\"logits\";"));
    Outcome outcome = locally(taken.toString(), List.of("list", "methods"));

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
    Outcome outcome = locally(renamed.toString(), List.of("list", "methods"));

    assertThat(outcome.exitStatus()).isEqualTo(2);
    assertThat(outcome.errors().lines())
        .singleElement()
        .asString()
        .startsWith("error: Cannot load a method: ")
        .contains("com.example.Charbonnier");
  }

  private static Outcome locally(String jars, List<String> command) {
    return cluster.locally("local[1]", with(jars, command));
  }

  private static List<String> with(String jars, List<String> command) {
    return Stream.concat(Stream.of("--jars", jars), command.stream()).toList();
  }

  private static List<String> run(String output) {
    return List.of(
        "run",
        StandaloneCluster.projectRoot().resolve("grids/quickstart.yaml").toString(),
        "output.path=" + folder.resolve(output),
        "cluster.threads=1",
        "task.name=" + TASK,
        "task.scale=1",
        "teacher.model=espcn-c8x8",
        "teacher.train.steps=4",
        "grid.student=[" + STUDENT + "]",
        "grid.bits=[w4a4]",
        "grid.quantizer=[" + QUANTIZER + "]",
        "grid.method=[" + String.join(", ", METHODS) + "]",
        "train.pretrain.steps=4",
        "train.steps=6",
        "train.validateEvery=6");
  }

  /** Returns the weights' hash of every trial by its method; the other names are held here. */
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
        assertThat(trial.<String>getAs("status")).isEqualTo("finished");
        assertThat(trial.<String>getAs("task")).isEqualTo(TASK);
        assertThat(trial.<String>getAs("student")).isEqualTo(STUDENT);
        assertThat(trial.<String>getAs("quantizer")).isEqualTo(QUANTIZER);
        hashes.put(trial.getAs("method"), trial.getAs("weight_hash"));
      }
      return hashes;
    } finally {
      session.stop();
    }
  }
}
