package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.SpecReader;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRunClaim {
  @TempDir Path root;

  private RunFolder run() {
    return RunFolder.of(root.resolve("run").toString(), new Configuration());
  }

  private RunClaim claim(RunSpec spec) {
    return RunClaim.take(run(), spec, line -> {});
  }

  private static RunSpec spec(String bits, int cohort) {
    return SpecReader.effective(
        """
        name: claim
        data: {train: [/images]}
        grid: {student: [edsr-c4-b1], bits: %s}
        evaluate: {sets: [{name: test, path: /test}]}
        cluster: {cohort: %d}
        """
            .formatted(bits, cohort),
        "test");
  }

  @Test
  void goesOnUnderTheSameSpecAndAnotherLayout() {
    claim(spec("[fp]", 0)).close();
    claim(spec("[fp]", 4)).close();
  }

  @Test
  void goesOnWithALargerGrid() {
    claim(spec("[fp]", 0)).close();
    claim(spec("[fp, w4a4]", 0)).close();

    assertThatThrownBy(() -> claim(spec("[fp]", 0)))
        .hasMessageStartingWith("Cannot resume: spec differs (grid.bits: [fp, w4a4] → [fp]);");
  }

  @Test
  void goesOnAsItBegan() {
    RunSpec once = taught("once");
    RunSpec batch = taught("batch");
    List<String> lines = new ArrayList<>();
    RunClaim.take(run(), batch, lines::add).close();
    for (int again = 0; again < 2; again++) {
      lines.clear();
      try (RunClaim claim = RunClaim.take(run(), once, lines::add)) {
        assertThat(claim.spec()).isEqualTo(batch);
        assertThat(lines)
            .containsExactly(
                "Going on with teacher.predict: batch, as this run began; name another"
                    + " output.path for once");
      }
    }
    lines.clear();
    RunFolder other = RunFolder.of(root.resolve("other").toString(), new Configuration());
    RunClaim.take(other, once, lines::add).close();
    assertThat(lines).isEmpty();
    assertThatThrownBy(() -> RunClaim.take(other, batch, lines::add))
        .hasMessageStartingWith("Cannot resume: spec differs (teacher.predict: once → batch);");
  }

  private static RunSpec taught(String predict) {
    return SpecReader.effective(
        """
        name: claim
        data: {train: [/images]}
        teacher: {model: edsr-c4-b1, predict: %s}
        grid: {student: [edsr-c4-b1], method: [logits]}
        evaluate: {sets: [{name: test, path: /test}]}
        """
            .formatted(predict),
        "test");
  }

  @Test
  void tellsWhetherADriverIsAtWork() {
    assertThat(RunLock.isHeld(run())).isFalse();
    try (RunClaim claim = claim(spec("[fp]", 0))) {
      assertThat(claim.spec()).isNotNull();
      assertThat(RunLock.isHeld(run())).isTrue();
    }
    assertThat(RunLock.isHeld(run())).isFalse();
  }

  @Test
  void refusesAnotherSpec() {
    claim(spec("[fp]", 0)).close();

    assertThatThrownBy(() -> claim(spec("[w4a4]", 0)))
        .isInstanceOf(GridException.class)
        .hasMessageStartingWith("Cannot resume: spec differs (grid.bits: [fp] → [w4a4]);");
  }

  @Test
  void refusesAFolderOfSomethingElse() throws IOException {
    Files.createDirectories(root.resolve("run/photos"));

    assertThatThrownBy(() -> claim(spec("[fp]", 0)))
        .isInstanceOf(GridException.class)
        .hasMessageContaining("it is no run folder, yet it holds photos");
  }

  @Test
  void refusesAPlaceThatCannotBeWritten() throws IOException {
    Files.writeString(root.resolve("file"), "");
    RunFolder below = RunFolder.of(root.resolve("file/run").toString(), new Configuration());

    assertThatThrownBy(() -> RunClaim.take(below, spec("[fp]", 0), line -> {}))
        .isInstanceOf(GridException.class)
        .hasMessageStartingWith("Cannot ");
  }
}
