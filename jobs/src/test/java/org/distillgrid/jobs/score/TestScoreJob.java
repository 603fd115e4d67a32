package org.distillgrid.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.LocalSpark;
import org.distillgrid.jobs.TestImages;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.plan.CheckedSpecs;
import org.distillgrid.jobs.prepare.PrepareJob;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.table.ScoredData;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.Tables;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.Safetensors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestScoreJob {
  private static SparkSession spark;

  @TempDir private Path folder;
  private final List<String> messages = new ArrayList<>();
  private RunFolder run;
  private RunSpec spec;

  @BeforeAll
  static void openSpark() {
    spark = LocalSpark.open(2);
  }

  @AfterAll
  static void closeSpark() {
    spark.stop();
  }

  @BeforeEach
  void prepare() throws IOException {
    for (int i = 0; i < 9; i++) {
      TestImages.png(folder.resolve("set/i" + i + ".png"), 40, 80, i);
    }
    TestImages.png(folder.resolve("test/t.png"), 40, 80, 9);
    weights(folder.resolve("teacher.safetensors"), 1);
    weights(folder.resolve("student.safetensors"), 2);
    run = RunFolder.of(folder.resolve("out").toString(), new Configuration());
    Path file =
        Files.writeString(
            folder.resolve("spec.yaml"),
            """
            name: scored
            data: {train: [%1$s/set], patch: 32, stride: 16}
            teacher: {model: edsr-c4-b1, weights: %1$s/teacher.safetensors}
            grid: {student: [edsr-c4-b1], bits: [fp]}
            evaluate: {sets: [{name: set, path: %1$s/test}]}
            output: {path: %1$s/out}
            """
                .formatted(folder));
    spec = CheckedSpecs.reader(Catalog.load()).read(file.toString(), List.of());
    PrepareJob.run(spark, spec, run, message -> {});
  }

  @Test
  void scoresEveryPatchOnceAndSkipsWhatIsDone() {
    ScoredData scored = score(StudentChoice.bicubic());
    List<Row> rows = difficulty();
    assertThat(rows).hasSize(36).hasSize((int) scored.patches());
    assertThat(
            Tables.of(spark, run)
                .table(TableName.PATCHES)
                .join(Tables.of(spark, run).table(TableName.DIFFICULTY), "patch_id")
                .count())
        .isEqualTo(36);
    for (Row row : rows) {
      for (String signal :
          List.of("laplacian_variance", "pixel_variance", "student_error", "teacher_gap")) {
        List<Float> map = row.getList(row.fieldIndex(signal + "_map"));
        assertThat(map).hasSize(64).allMatch(cell -> cell >= 0 && Float.isFinite(cell));
        double mean = map.stream().mapToDouble(Float::doubleValue).average().orElseThrow();
        assertThat(row.<Double>getAs(signal)).isCloseTo(mean, within(1e-12)).isPositive();
      }
    }
    assertThat(SharedScorer.openCount()).isZero();
    assertThat(score(StudentChoice.bicubic())).isEqualTo(scored);
    assertThat(messages)
        .containsExactly(
            "Scored 36 patches: teacher edsr-c4-b1, student bicubic",
            "Already scored 36 patches: teacher edsr-c4-b1, student bicubic");
  }

  @Test
  void givesTheSameNumbersForAnyPartitions() {
    score(StudentChoice.bicubic());
    List<Row> whole = difficulty();
    run.files().delete(run.scored());
    String before = spark.conf().get("spark.sql.files.maxPartitionBytes");
    spark.conf().set("spark.sql.files.maxPartitionBytes", "20000");
    spark.conf().set("spark.sql.files.openCostInBytes", "1");
    try {
      assertThat(Tables.of(spark, run).table(TableName.PATCHES).rdd().getNumPartitions())
          .isGreaterThan(2);
      score(StudentChoice.bicubic());
    } finally {
      spark.conf().set("spark.sql.files.maxPartitionBytes", before);
      spark.conf().unset("spark.sql.files.openCostInBytes");
    }
    assertThat(difficulty()).isEqualTo(whole);
  }

  @Test
  void takesANamedStudentAndScoresAnew() {
    score(StudentChoice.bicubic());
    List<Row> bicubic = difficulty();
    String student = folder.resolve("student.safetensors").toString();
    ScoredData scored = score(StudentChoice.trained("edsr-c4-b1", student));
    assertThat(scored.student()).isEqualTo("edsr-c4-b1");
    assertThat(scored.studentHash()).hasSize(64).isNotEqualTo(scored.teacherHash());
    List<Row> trained = difficulty();
    assertThat(trained).hasSameSizeAs(bicubic);
    assertThat(trained.get(0).<Double>getAs("laplacian_variance"))
        .isEqualTo(bicubic.get(0).<Double>getAs("laplacian_variance"));
    assertThat(trained.get(0).<Double>getAs("student_error"))
        .isNotEqualTo(bicubic.get(0).<Double>getAs("student_error"));
  }

  @Test
  void findsNoGapBetweenTheTeacherAndItself() {
    String teacher = folder.resolve("teacher.safetensors").toString();
    score(StudentChoice.trained("edsr-c4-b1", teacher));
    assertThat(difficulty()).allMatch(row -> row.<Double>getAs("teacher_gap") == 0);
  }

  @Test
  void refusesACheckpointOfAnotherModel() {
    String student = folder.resolve("student.safetensors").toString();
    assertThatThrownBy(() -> score(StudentChoice.trained("edsr-c8-b1", student)))
        .isInstanceOf(GridException.class)
        .hasMessageContaining("student.safetensors");
    assertThat(ScoredData.read(run)).isEmpty();
  }

  private ScoredData score(StudentChoice student) {
    return ScoreJob.run(spark, spec, run, student, messages::add);
  }

  private List<Row> difficulty() {
    return Tables.of(spark, run).table(TableName.DIFFICULTY).sort("patch_id").collectAsList();
  }

  private static void weights(Path file, int seed) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network =
            Network.build("edsr-c4-b1", new ModelTarget(3, 2), Draws.of("test/" + seed), manager)) {
      Safetensors.write(network.checkpoint(), file);
    }
  }
}
