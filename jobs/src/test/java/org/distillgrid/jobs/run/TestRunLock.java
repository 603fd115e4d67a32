package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRunLock {
  @TempDir Path root;
  private RunFolder folder;
  private Path lock;

  @BeforeEach
  void folder() {
    folder = RunFolder.of(root.resolve("run").toString(), new Configuration());
    lock = root.resolve("run/_driver.json");
  }

  @Test
  void keepsASecondDriverOutAndLetsItInAfterwards() {
    try (RunLock first = RunLock.take(folder)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> RunLock.take(folder))
          .isInstanceOf(GridException.class)
          .hasMessageStartingWith("Cannot run: file:")
          .hasMessageContaining("is in use by process " + ProcessHandle.current().pid());
    }
    assertThat(lock).doesNotExist();
    RunLock.take(folder).close();
  }

  @Test
  void takesOverFromAProcessThatIsGone() throws IOException {
    RunLock.take(folder).close();
    Files.writeString(
        lock, "{\"driver\":\"d\",\"host\":\"elsewhere\",\"process\":1,\"beatMillis\":5}");
    try (RunLock second = RunLock.take(folder)) {
      assertThat(second).isNotNull();
      assertThat(Files.readString(lock)).doesNotContain("elsewhere");
    }
  }

  @Test
  void waitsForALiveDriverOfAnotherHost() throws IOException {
    RunLock.take(folder).close();
    Files.writeString(
        lock,
        "{\"driver\":\"d\",\"host\":\"elsewhere\",\"process\":1,\"beatMillis\":"
            + System.currentTimeMillis()
            + "}");
    assertThatThrownBy(() -> RunLock.take(folder)).hasMessageEndingWith("process 1 on elsewhere");
  }
}
