package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    RunClaim.take(run(), spec("[fp]", 0)).close();
    RunClaim.take(run(), spec("[fp]", 4)).close();
  }

  @Test
  void goesOnWithALargerGrid() {
    RunClaim.take(run(), spec("[fp]", 0)).close();
    RunClaim.take(run(), spec("[fp, w4a4]", 0)).close();

    assertThatThrownBy(() -> RunClaim.take(run(), spec("[fp]", 0)))
        .hasMessageStartingWith("Cannot resume: spec differs (grid.bits: [fp, w4a4] → [fp]);");
  }

  @Test
  void refusesAnotherSpec() {
    RunClaim.take(run(), spec("[fp]", 0)).close();

    assertThatThrownBy(() -> RunClaim.take(run(), spec("[w4a4]", 0)))
        .isInstanceOf(GridException.class)
        .hasMessageStartingWith("Cannot resume: spec differs (grid.bits: [fp] → [w4a4]);");
  }

  @Test
  void refusesAFolderOfSomethingElse() throws IOException {
    Files.createDirectories(root.resolve("run/photos"));

    assertThatThrownBy(() -> RunClaim.take(run(), spec("[fp]", 0)))
        .isInstanceOf(GridException.class)
        .hasMessageContaining("it is no run folder, yet it holds photos");
  }

  @Test
  void refusesAPlaceThatCannotBeWritten() throws IOException {
    Files.writeString(root.resolve("file"), "");
    RunFolder below = RunFolder.of(root.resolve("file/run").toString(), new Configuration());

    assertThatThrownBy(() -> RunClaim.take(below, spec("[fp]", 0)))
        .isInstanceOf(GridException.class)
        .hasMessageStartingWith("Cannot ");
  }
}
