package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.distillgrid.jobs.fleet.ProgressLine;
import org.distillgrid.jobs.folder.RunFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are looked at, listed and deleted by their folders alone. */
class TestRunsCommands {
  private static final String SPEC =
      """
      name: %s
      data: {train: [train]}
      grid: {student: [edsr-c4-b1], bits: [fp, w4a4]}
      evaluate: {sets: [{name: test, path: test}]}
      """;

  @TempDir static Path shared;
  private static Path finished;

  @TempDir Path folder;

  @BeforeAll
  static void run() throws IOException {
    try (TinyRun tiny = new TinyRun(shared)) {
      finished = shared.resolve("runs/tiny");
      TinyRun.Outcome outcome = tiny.run("run", "output.path=" + finished);
      assertThat(outcome.status()).as(outcome.err()).isIn(0, 5);
    }
  }

  @Test
  void tellsHowAFinishedRunStands() {
    TinyRun.Outcome outcome = TinyRun.execute("status", "--watch", finished.toString());

    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("Run:       tiny, file:" + finished)
        .containsPattern("State:     finished \\d+ s ago")
        // How many there are is not known without the jar of the method that one of them names.
        .contains("Trials:    ?, 3 finished")
        .containsPattern("Best:      edsr\\S+ \\S+ \\S+: \\d+\\.\\d{3} dB on test");
    assertThat(finished.resolve("_progress.json")).doesNotExist();
  }

  @Test
  void tellsWhatADriverIsDoing() throws IOException {
    RunFolder run = made("busy");
    try (RunLock lock = RunLock.take(run)) {
      ProgressFile file = new ProgressFile(run);
      file.show(
          new ProgressLine(
              List.of(new ProgressLine.Part("trials", 1, 0, 1, 2)),
              50,
              100,
              Duration.ofSeconds(5),
              Optional.of(Duration.ofSeconds(10))));
      String out = TinyRun.execute("status", run.location()).out();

      assertThat(out)
          .contains("State:     running, process " + ProcessHandle.current().pid() + " on ")
          .contains("Trials:    2, 0 finished")
          .contains("Now:       trials: 1/2 done, 1 running, 10.0 steps/s, 10 s left");
      file.end();
      assertThat(TinyRun.execute("status", run.location()).out()).doesNotContain("Now:");
      assertThat(lock).isNotNull();
    }
    assertThat(TinyRun.execute("status", run.location()).out())
        .contains("State:     new: no driver has begun to train for it");
  }

  @Test
  void listsRunsAndNothingElse() throws IOException {
    Files.createDirectories(folder.resolve("no run"));
    made("fresh");
    Files.createDirectories(folder.resolve("wrong"));
    Files.writeString(folder.resolve("wrong/spec.yaml"), "name: [");

    TinyRun.Outcome outcome = TinyRun.execute("runs", folder.toString());

    assertThat(outcome.status()).isZero();
    assertThat(outcome.out())
        .containsPattern("folder +state +best cell +finished +last sign +MiB")
        .containsPattern("fresh +new +0/2 +0\\.0")
        .containsPattern("wrong +unreadable +\\S")
        .doesNotContain("no run");
    assertThat(TinyRun.execute("runs", folder.resolve("no run").toString()).out())
        .isEqualToNormalizingNewlines("No run below " + folder.resolve("no run") + "\n");
    assertThat(TinyRun.execute("runs", folder.resolve("gone").toString()).err())
        .startsWith("error: Cannot list runs: no folder file:");
  }

  @Test
  void deletesARunOnceItHasAsked() throws IOException {
    RunFolder run = made("old");

    assertThat(answering("n\n", "rm", run.location()).out())
        .contains("Delete " + run.location() + " (0/2 trials finished, 0.0 MiB)? [y/N] ")
        .contains("Nothing was deleted");
    assertThat(answering("", "rm", run.location()).err())
        .startsWith("error: Cannot ask: standard input has ended; give --yes");
    assertThat(folder.resolve("old/spec.yaml")).exists();
    assertThat(answering("y\n", "rm", run.location()).out()).contains("Deleted " + run.location());
    assertThat(folder.resolve("old")).doesNotExist();
  }

  @Test
  void deletesNeitherWhatIsInUseNorWhatIsNoRun() throws IOException {
    RunFolder run = made("busy");
    try (RunLock lock = RunLock.take(run)) {
      assertThat(TinyRun.execute("rm", "--yes", run.location()).err())
          .startsWith("error: Cannot delete " + run.location() + ": process ");
      assertThat(lock).isNotNull();
    }
    Path pictures = Files.createDirectories(folder.resolve("pictures"));
    TinyRun.Outcome outcome = TinyRun.execute("rm", "--yes", pictures.toString());
    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.err()).contains("no run folder (it has no spec.yaml)");
    assertThat(pictures).exists();
    assertThat(folder.resolve("busy/spec.yaml")).exists();
  }

  private RunFolder made(String name) throws IOException {
    Path run = Files.createDirectories(folder.resolve(name));
    Files.writeString(run.resolve("spec.yaml"), SPEC.formatted(name));
    return RunFolder.of(run.toString(), new Configuration());
  }

  private static TinyRun.Outcome answering(String answer, String... arguments) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)));
    try {
      return TinyRun.execute(arguments);
    } finally {
      System.setIn(before);
    }
  }
}
