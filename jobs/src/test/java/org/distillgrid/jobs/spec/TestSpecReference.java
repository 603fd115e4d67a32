package org.distillgrid.jobs.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TestSpecReference {
  private static final String START = "<!-- keys: written by TestSpecReference -->\n";
  private static final String END = "<!-- end of keys -->\n";

  /** When this fails after a change of keys, copy {@code jobs/target/spec.md} over the page. */
  @Test
  void pageHoldsTheKeysOfTheCode() throws IOException {
    String page = Files.readString(Path.of("../docs/spec.md"));
    String before = page.substring(0, page.indexOf(START) + START.length());
    String after = page.substring(page.indexOf(END));
    String expected = before + SpecReference.table() + after;
    Files.writeString(Path.of("target/spec.md"), expected);

    assertThat(page).isEqualTo(expected);
  }
}
