package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.LocalSpark;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.score.StudentChoice;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A grid run by a program gives what the command line gives. */
class TestGrid {
  @TempDir Path folder;
  private TinyRun tiny;

  @BeforeEach
  void images() throws IOException {
    tiny = new TinyRun(folder);
    FragileMethod.heal();
  }

  @AfterEach
  void close() throws IOException {
    FragileMethod.heal();
    tiny.close();
  }

  /** Remembers what it is told. */
  private static final class Told implements GridListener {
    private final List<String> lines = new ArrayList<>();
    private final List<String> events = new ArrayList<>();

    @Override
    public void line(String line) {
      lines.add(line);
    }

    @Override
    public void stageStarted(GridStage stage) {
      events.add("> " + stage);
    }

    @Override
    public void stageEnded(GridStage stage) {
      events.add("< " + stage);
    }

    @Override
    public void trialStarted(Trial trial, String id) {
      events.add("> " + id);
    }

    @Override
    public void trialEnded(TrialOutcome outcome) {
      events.add("< " + outcome.result().trialId());
    }
  }

  private static Map<String, String> hashes(List<TrialResult> results) {
    return results.stream()
        .flatMap(result -> result.either(Stream::of, failed -> Stream.<FinishedResult>empty()))
        .collect(Collectors.toMap(FinishedResult::trialId, FinishedResult::weightHash));
  }

  private static List<TrialResult> results(GridResult result) {
    return result.outcomes().stream().map(TrialOutcome::result).toList();
  }

  private static List<String> sorted(List<Row> rows) {
    return rows.stream().map(Row::toString).sorted().toList();
  }

  @Test
  void leavesWhatTheCommandLineLeaves() throws IOException {
    TinyRun.Outcome typed = tiny.run("run");
    assertThat(typed.status()).as(typed.out() + typed.err()).isZero();
    Map<String, String> expected = hashes(List.copyOf(tiny.results("run").values()));

    SparkSession session = LocalSpark.open(2);
    try {
      String spec = tiny.spec().toString();
      Told told = new Told();
      GridResult result =
          Grid.of(session, spec, "output.path=" + tiny.folder("front")).optListener(told).run();
      assertThat(result.exitStatus()).isZero();
      assertThat(hashes(results(result))).isEqualTo(expected).hasSize(3);
      assertThat(told.lines).contains("Trials: 3, 0 finished before, 3 to train");
      assertThat(told.events)
          .startsWith("> PREPARE", "< PREPARE", "> TEACH")
          .containsSubsequence("< TEACH", "> SCORE", "< SCORE", "< TRAIN")
          .containsSubsequence("> TRAIN", "< TRAIN")
          .endsWith("< TRAIN")
          .hasSize(6 + 2 + 6);

      GridResult again = Grid.of(session, spec).run();
      assertThat(hashes(results(again))).isEqualTo(expected);
      assertThat(sorted(again.summary())).isEqualTo(sorted(result.summary())).isNotEmpty();
      assertThat(again.folder().location()).endsWith("/run");
      assertThat(again.tables().views()).contains(TableName.TRIALS, TableName.DIFFICULTY);
      assertThat(again.sql("SELECT DISTINCT bits FROM trials WHERE method = 'none'").count())
          .isEqualTo(2);
    } finally {
      session.stop();
    }
  }

  @Test
  void doesOneStageAfterTheOther() throws IOException {
    String yaml = Files.readString(tiny.spec());
    SparkSession session = LocalSpark.open(2);
    try {
      String train = "data.train=[" + folder.resolve("train") + "]";
      String test = "evaluate.sets=[{name: test, path: " + folder.resolve("test") + "}]";
      Grid grid = Grid.ofYaml(session, yaml, train, test);
      assertThatThrownBy(grid::teach)
          .isInstanceOf(GridException.class)
          .hasMessageStartingWith("Cannot teach: ");
      assertThat(grid.prepare().images()).isEqualTo(3);
      assertThat(grid.teach().teacher()).hasSize(2);
      assertThat(grid.score(StudentChoice.bicubic()).teacher()).isEqualTo("edsr-c4-b1");
      assertThatThrownBy(() -> grid.optOnly("none such").run())
          .hasMessage("Cannot train only none such: no trial's id begins so");
    } finally {
      session.stop();
    }
  }

  @Test
  void tellsAFailureAndTriesOnlyWhatIsAskedFor() throws IOException {
    FragileMethod.failAt(2);
    SparkSession session = LocalSpark.open(2);
    try {
      String spec = tiny.spec().toString();
      GridResult failed = Grid.of(session, spec).optFailFast().run();
      assertThat(failed.exitStatus()).isEqualTo(ErrorCode.TRAINING.exitStatus());
      assertThat(failed.failures())
          .singleElement()
          .satisfies(each -> assertThat(each.result().toString()).contains("poisoned at step 2"))
          .satisfies(each -> assertThat(each.trial().name()).contains("fragile"));

      FragileMethod.heal();
      String id = failed.failures().get(0).result().trialId();
      GridResult healed = Grid.of(session, spec).optOnly(id.substring(0, 8)).run();
      assertThat(healed.exitStatus()).isZero();
      assertThat(healed.outcomes()).hasSize(1);
    } finally {
      session.stop();
    }
  }
}
