package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.Journal;
import org.distillgrid.jobs.journal.JournalState;
import org.distillgrid.jobs.worker.AttemptFolder;
import org.distillgrid.kd.weights.WeightHash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds what {@code docs/decisions/run-folder-versions.md} promises. */
class TestEarlierRuns {
  /** The trials of the run, with the beginning of the hash of their weights. */
  private static final Map<String, String> TRIALS =
      Map.of(
          "350584df10e50f71", "2024e9716755",
          "ba19e127d5161308", "451307ca13c7",
          "c911ea4bfac6042a", "0840a77995f7",
          "f82a76ffc0381519", "c51e75f9b087");

  /** What {@code csd} meant then, beside what it means now. */
  private static final String SPELLED_OUT =
      "grid.include[0].method=[logits, csd, 'csd(weight=200)']";

  @TempDir Path root;
  private TinyRun settings;
  private EarlierRun earlier;
  private RunFolder run;

  @BeforeEach
  void copy() throws IOException {
    settings = new TinyRun(root.resolve("tiny"));
    earlier = EarlierRun.of("0.1", root.resolve("grid"));
    run = RunFolder.of(earlier.folder().toString(), new Configuration());
  }

  @AfterEach
  void close() throws IOException {
    settings.close();
  }

  @Test
  void journalAndResultsAreRead() {
    JournalState state = Journal.open(run.files(), run.journal()).replay();

    assertThat(state.damaged()).isEmpty();
    assertThat(state.trials()).containsOnlyKeys(TRIALS.keySet());
    TRIALS.forEach(
        (trial, hash) -> {
          String attempt = state.finishedAttempt(trial).orElseThrow();
          AttemptFolder folder = new AttemptFolder(run.attempts(trial), attempt);
          FinishedResult result = (FinishedResult) folder.result().orElseThrow();
          assertThat(result.trialId()).isEqualTo(trial);
          assertThat(result.weightHash())
              .startsWith(hash)
              .isEqualTo(WeightHash.of(run.checkpoint(result.weights()).tensors()));
          assertThat(run.at(result.packed()))
              .matches(packed -> run.files().required(packed).length == result.packedBytes());
          assertThat(result.steps()).isEqualTo(6);
          assertThat(result.macs()).isPositive();
          assertThat(result.scores()).hasSize(2);
          assertThat(result.curve()).isNotEmpty();
          assertThat(state.trials())
              .containsEntry(trial, new JournalState.Finished(attempt, result.weightHash()));
        });
  }

  @Test
  void itsGridGoesOn() throws IOException {
    String trials = "SELECT weight_hash, macs, finished_at FROM trials ORDER BY 1";
    String ids = "SELECT trial_id FROM trials WHERE method <> 'none' ORDER BY 1";
    String untaught = "SELECT trial_id FROM trials WHERE method = 'none'";
    String before = earlier.sql(trials);
    String idsBefore = earlier.sql(ids);
    String untaughtBefore = earlier.sql(untaught);
    assertThat(before.lines()).hasSize(4);
    assertThat(earlier.sql("SELECT count(*) FROM metrics")).isEqualTo("12");
    assertThat(earlier.sql("SELECT max(step) FROM curves")).isEqualTo("6");
    assertThat(earlier.sql("SELECT sum(n), sum(n_integer) FROM summary")).isEqualTo("4,1");
    assertThat(earlier.sql("SELECT DISTINCT format FROM exports")).isEqualTo("onnx");
    assertThat(earlier.sql("SELECT count(*) FROM patches JOIN difficulty USING (patch_id)"))
        .isEqualTo("4");
    assertThat(earlier.sql("SELECT count(*) FROM rejected_inputs")).isEqualTo("0");

    TinyRun.Outcome resumed = earlier.resume(SPELLED_OUT);

    assertThat(resumed.status()).as(resumed.out() + resumed.err()).isZero();
    assertThat(resumed.out())
        .contains("Already prepared 4 patches")
        .contains("Teacher is there: edsr-c4-b1, trained before")
        .contains("Encoder is there: vq-w2x2x4x4x8-b1-g2-a-l4-d4-n8")
        .contains("Already scored 4 patches")
        .contains("Going on with teacher.predict: batch, as this run began; name another")
        .contains("Trials: 5, 4 finished before, 1 to train")
        .contains("(v000004)")
        .doesNotContain("References scored");
    assertThat(earlier.sql(trials).lines()).hasSize(5).containsAll(before.lines().toList());
    assertThat(earlier.sql(ids).lines()).hasSize(3).containsAll(idsBefore.lines().toList());
    // Trials that read no teacher have ids without one now; their weights lie where they lay.
    assertThat(earlier.sql(untaught).lines())
        .hasSize(2)
        .doesNotContainAnyElementsOf(untaughtBefore.lines().toList());
    assertThat(earlier.sql("SELECT DISTINCT teacher_hash FROM trials WHERE method = 'none'"))
        .isIn("", "\"\"");
    assertThat(earlier.sql("SELECT sum(n), sum(n_integer) FROM summary")).isEqualTo("5,1");
    // Tables that are published here name the files here.
    assertThat(earlier.sql("SELECT weights_path FROM trials").lines())
        .allMatch(path -> path.startsWith("file:" + earlier.folder()));
    assertThat(earlier.sql("SELECT count(*) FROM trials WHERE teacher_predict = 'batch'"))
        .isEqualTo("3");
    goesOnWithoutAJournal();
  }

  private void goesOnWithoutAJournal() throws IOException {
    run.files().delete(run.journal());
    assertThat(Files.exists(earlier.folder().resolve("journal"))).isFalse();

    assertThat(earlier.resume(SPELLED_OUT).out())
        .contains("Trials: 5, 5 finished before, 0 to train");
    try (Stream<Path> files = Files.walk(earlier.folder().resolve("attempts"))) {
      assertThat(files.filter(file -> file.endsWith("weights.safetensors"))).hasSize(5);
    }
  }
}
