package org.distillgrid.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestLocalDisk {
  private static final String TEMPORARY = "/temporary";

  private static void isFolder(
      String expected, Map<String, String> environment, Optional<String> setting) {
    assertThat(LocalDisk.folder(environment, setting, TEMPORARY)).isEqualTo(Path.of(expected));
  }

  @Test
  void isTheTemporaryFolderWhereNobodySaysOtherwise() {
    isFolder(TEMPORARY, Map.of(), Optional.empty());
    isFolder(TEMPORARY, Map.of("SPARK_LOCAL_DIRS", " "), Optional.of(""));
  }

  @Test
  void isWhereSparkKeepsItsFiles() {
    Optional<String> setting = Optional.of("/set , /other");
    isFolder("/set", Map.of(), setting);
    isFolder("/machine", Map.of("SPARK_LOCAL_DIRS", "/machine,/second"), setting);
    isFolder(
        "/yarn",
        Map.of("CONTAINER_ID", "c1", "LOCAL_DIRS", "/yarn", "SPARK_LOCAL_DIRS", "/machine"),
        setting);
    isFolder("/set", Map.of("LOCAL_DIRS", "/of something else"), setting);
  }
}
