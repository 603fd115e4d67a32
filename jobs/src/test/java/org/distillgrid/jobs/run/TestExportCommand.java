package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.kd.export.OnnxSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TestExportCommand {
  private Path folder;
  private TinyRun tiny;
  private String run;
  private List<FinishedResult> trials;

  /** Trains a student at full precision and at four bits, once for all tests. */
  @BeforeAll
  void train(@TempDir Path folderOfAll) throws IOException {
    folder = folderOfAll;
    tiny = new TinyRun(folder);
    TinyRun.Outcome trained = tiny.run("run", "grid.include=[]");
    assertThat(trained.status()).as(trained.out() + trained.err()).isZero();
    run = tiny.folder("run").toString();
    trials = List.copyOf(tiny.finished("run").values());
    assertThat(trials).hasSize(2);
  }

  @AfterAll
  void close() throws IOException {
    tiny.close();
  }

  @Test
  void exportsTrialsAndPublishesWhatTheyScore() throws IOException {
    for (FinishedResult trial : trials) {
      String id = trial.trialId();
      TinyRun.Outcome exported = TinyRun.execute("export", run, id.substring(0, 8));
      assertThat(exported.status()).as(exported.out() + exported.err()).isZero();
      assertThat(exported.out())
          .contains("ONNX: exports/" + id + ".onnx")
          .contains("opset 21, takes images of any size")
          .contains("test: PSNR ");
      byte[] file = Files.readAllBytes(tiny.folder("run/exports/" + id + ".onnx"));
      try (OnnxSession session = OnnxSession.open(file)) {
        assertThat(session.run(new float[3 * 5 * 7], 1, 3, 5, 7)).hasSize(3 * 10 * 14);
      }
    }
    assertPublished();
    // A later run publishes anew; exports stay.
    TinyRun.Outcome again = tiny.run("run", "grid.include=[]");
    assertThat(again.status()).as(again.out() + again.err()).isZero();
    assertPublished();
  }

  private void assertPublished() {
    String query =
        "SELECT (SELECT concat(count(*), ' images of ', count(DISTINCT trial_id), ' trials ',"
            + " max(abs(psnr_fake - psnr_integer)) < 0.02) FROM exports) AS exports,"
            + " (SELECT concat(sum(n_integer), ' of ', sum(n), ' trials ',"
            + " max(abs(psnr_integer_mean - psnr_mean)) < 0.02) FROM summary) AS summary";
    String latency = "SELECT DISTINCT latency_ms > 0 AS l, latency_size AS s FROM exports";
    assertThat(TinyRun.execute("sql", "--csv", run, latency).out().lines())
        .containsExactly("l,s", "true,128×128");
    assertThat(TinyRun.execute("sql", run, query).out())
        .contains("4 images of 2 trials true")
        .contains("2 of 2 trials true");
  }

  @Test
  void handsOutAStudentAtItsBits() throws IOException {
    FinishedResult trial = trials.get(0);
    Path kept = tiny.folder("run/" + trial.packed());
    Path out = folder.resolve("student.safetensors");

    TinyRun.Outcome first = packed(trial.trialId().substring(0, 8), "--out", out.toString());
    assertThat(first.status()).as(first.out() + first.err()).isZero();
    assertThat(first.out())
        .startsWith("PACKED: " + out + ", " + trial.packedBytes() + " bytes, as the trial left it");
    assertThat(out).hasSameBinaryContentAs(kept);

    Files.write(kept, Arrays.copyOf(Files.readAllBytes(out), 500));
    TinyRun.Outcome damaged = packed(trial.trialId());
    assertThat(damaged.status()).isEqualTo(3);
    assertThat(damaged.err()).startsWith("error: Cannot read ").contains("packed.safetensors");
  }

  @Test
  void packsAnewWhatARunHasNot() throws IOException {
    FinishedResult trial = trials.get(1);
    Path kept = tiny.folder("run/" + trial.packed());
    byte[] before = Files.readAllBytes(kept);
    Files.delete(kept);

    TinyRun.Outcome outcome = packed(trial.trialId());
    assertThat(outcome.status()).as(outcome.out() + outcome.err()).isZero();
    assertThat(outcome.out())
        .startsWith("PACKED: exports/" + trial.trialId() + "-packed.safetensors, ")
        .contains("packed anew from its weights");
    assertThat(tiny.folder("run/exports/" + trial.trialId() + "-packed.safetensors"))
        .hasBinaryContent(before);
  }

  private TinyRun.Outcome packed(String... arguments) {
    List<String> all = new ArrayList<>(List.of("export", "--format", "packed", run));
    all.addAll(List.of(arguments));
    return TinyRun.execute(all.toArray(String[]::new));
  }

  @Test
  void saysInOneLineWhatCannotBeExported() {
    TinyRun.Outcome none = TinyRun.execute("export", run, "xyz");
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).startsWith("error: Cannot export xyz: 0 trials of ");

    TinyRun.Outcome sized = packed("xyz", "--size", "64x64");
    assertThat(sized.status()).isEqualTo(2);
    assertThat(sized.err()).startsWith("error: Cannot export: --size goes with --format onnx");
  }

  @Test
  void leavesAFolderThatIsNoRunAlone() {
    TinyRun.Outcome outcome = TinyRun.execute("export", tiny.folder("other").toString(), "a");
    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.err()).contains("no run folder");
    assertThat(tiny.folder("other")).doesNotExist();
  }
}
