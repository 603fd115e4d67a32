package org.distillgrid.jobs.grid;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.kd.export.OnnxSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestExportCommand {
  @TempDir Path folder;

  @Test
  void exportsATrialAndPublishesWhatItScores() throws IOException {
    FragileMethod.heal();
    try (TinyRun tiny = new TinyRun(folder)) {
      assertThat(tiny.run("run").status()).isZero();
      String run = tiny.folder("run").toString();
      List<String> trials =
          tiny.results("run").values().stream().map(TrialResult::trialId).sorted().toList();
      for (String trial : trials) {
        TinyRun.Outcome exported = TinyRun.execute("export", run, trial.substring(0, 8));
        assertThat(exported.status()).as(exported.out() + exported.err()).isZero();
        assertThat(exported.out())
            .contains("ONNX: exports/" + trial + ".onnx")
            .contains("opset 21, takes images of any size")
            .contains("test: PSNR ");
        byte[] file = Files.readAllBytes(tiny.folder("run/exports/" + trial + ".onnx"));
        try (OnnxSession session = OnnxSession.open(file)) {
          assertThat(session.run(new float[3 * 5 * 7], 1, 3, 5, 7)).hasSize(3 * 10 * 14);
        }
      }

      String query =
          "SELECT count(*) AS images, count(DISTINCT trial_id) AS trials,"
              + " max(abs(psnr_fake - psnr_integer)) < 0.02 AS close FROM exports";
      assertThat(TinyRun.execute("sql", run, query).out()).contains("6").contains("true");
      // A later run publishes anew; exports stay.
      assertThat(tiny.run("run").status()).isZero();
      assertThat(TinyRun.execute("sql", run, query).out()).contains("6").contains("true");

      TinyRun.Outcome none = TinyRun.execute("export", run, "xyz");
      assertThat(none.status()).isEqualTo(2);
      assertThat(none.err()).startsWith("error: Cannot export xyz: 0 trials of ");
    }
  }

  @Test
  void leavesAFolderThatIsNoRunAlone() throws IOException {
    try (TinyRun tiny = new TinyRun(folder)) {
      TinyRun.Outcome outcome = TinyRun.execute("export", tiny.folder("other").toString(), "a");
      assertThat(outcome.status()).isEqualTo(3);
      assertThat(outcome.err()).contains("no run folder");
      assertThat(tiny.folder("other")).doesNotExist();
    }
  }
}
