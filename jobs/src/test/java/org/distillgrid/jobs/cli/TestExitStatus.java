package org.distillgrid.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.distillgrid.kd.error.ErrorCode;
import org.junit.jupiter.api.Test;

/** The help and the page name every status that a command ends with, and no other. */
class TestExitStatus {
  private static final Set<String> SUCCESS_AND_SIGNALS = Set.of("0", "130");

  private static Set<String> all() {
    Set<String> all = new TreeSet<>(SUCCESS_AND_SIGNALS);
    for (ErrorCode code : ErrorCode.values()) {
      all.add(Integer.toString(code.exitStatus()));
    }
    return all;
  }

  @Test
  void theHelpNamesEach() {
    Set<String> listed =
        DistillGrid.commandLine().getCommandSpec().usageMessage().exitCodeList().keySet();

    assertThat(new TreeSet<>(listed)).isEqualTo(all());
    assertThat(DistillGrid.commandLine().getUsageMessage())
        .contains("Exit status:", "5     a trial failed");
  }

  @Test
  void thePageNamesEach() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("../docs/commands.md"));
    Set<String> listed = new LinkedHashSet<>();
    for (String line : lines) {
      Matcher row = Pattern.compile("\\| (\\d+) \\|.*").matcher(line);
      if (row.matches()) {
        listed.add(row.group(1));
      }
    }
    assertThat(new TreeSet<>(listed)).isEqualTo(all());
  }
}
