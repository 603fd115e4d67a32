package org.distillgrid.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class TestVersion {
  private static Properties properties(String... keysAndValues) {
    Properties properties = new Properties();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      properties.setProperty(keysAndValues[i], keysAndValues[i + 1]);
    }
    return properties;
  }

  @Test
  void tellsALineEachOfWhatItStandsOn() {
    String[] lines = new Version().getVersion();

    assertThat(lines).hasSize(4);
    assertThat(lines[0])
        .matches("distill-grid \\S+, (unknown commit|commit [0-9a-f]{40}( with changes)?)");
    assertThat(lines[1]).matches("Spark 4\\.0\\.\\d+, Scala 2\\.13\\.\\d+");
    assertThat(lines[2]).matches("DJL \\d+\\.\\d+\\.\\d+, PyTorch \\d+\\.\\d+\\.\\d+ \\(cpu\\)");
    assertThat(lines[3]).startsWith("Java 17");
  }

  @Test
  void tellsWhetherTheSourceWasThatOfACommit() {
    assertThat(Commit.of(properties("commit", "2c63ad4", "dirty", "false")).text())
        .isEqualTo("commit 2c63ad4");
    assertThat(Commit.of(properties("commit", "2c63ad4", "dirty", "true")).text())
        .isEqualTo("commit 2c63ad4 with changes");
    assertThat(Commit.of(properties()).text()).isEqualTo("unknown commit");
    assertThat(Commit.of(properties("commit", "")).text()).isEqualTo("unknown commit");
  }

  @Test
  void tellsWhosePytorchItIs() {
    Properties bundled = properties("version", "2.7.1-20250812", "flavor", "cu128");
    assertThat(Version.pytorch(bundled, Map.of())).isEqualTo("2.7.1 (cu128)");
    assertThat(Version.pytorch(properties(), Map.of())).isEqualTo("not found");
    Map<String, String> site = Map.of("PYTORCH_LIBRARY_PATH", "/opt/torch");
    assertThat(Version.pytorch(bundled, site)).isEqualTo("of unknown version in /opt/torch");
    assertThat(
            Version.pytorch(
                bundled, Map.of("PYTORCH_LIBRARY_PATH", "/a", "PYTORCH_VERSION", "2.5")))
        .isEqualTo("2.5 in /a");
  }
}
