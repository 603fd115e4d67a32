package org.distillgrid.jobs.folder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestShellWord {
  @Test
  void quotesWhatAShellWouldTakeApart() {
    assertThat(ShellWord.of("output.path=s3a://grids/run_1-again"))
        .isEqualTo("output.path=s3a://grids/run_1-again");
    assertThat(ShellWord.of("it's mine/$x")).isEqualTo("'it'\\''s mine/$x'");
    assertThat(ShellWord.of("")).isEqualTo("''");
  }
}
