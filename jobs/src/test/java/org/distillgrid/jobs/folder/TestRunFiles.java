package org.distillgrid.jobs.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRunFiles {
  @TempDir java.nio.file.Path folder;

  private final RunFiles files = new RunFiles(new Configuration());

  @Test
  void listsByNameAndFindsNothingInAFolderThatIsNotThere() throws IOException {
    for (String name : new String[] {"b", "c", "a"}) {
      Files.createFile(folder.resolve(name));
    }

    assertThat(files.list(new Path(folder.toUri())))
        .extracting(status -> status.getPath().getName())
        .containsExactly("a", "b", "c");
    assertThat(files.list(new Path(folder.resolve("absent").toUri()))).isEmpty();
  }

  @Test
  void saysWhichFileIsMissing() {
    Path absent = new Path(folder.resolve("spec.yaml").toUri());

    assertThatThrownBy(() -> files.requiredText(absent))
        .isInstanceOf(GridException.class)
        .hasMessage("Cannot read %s: no such file", absent);
  }
}
