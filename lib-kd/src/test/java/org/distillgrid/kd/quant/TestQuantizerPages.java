package org.distillgrid.kd.quant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.distillgrid.kd.OptionTable;
import org.junit.jupiter.api.Test;

/** The pages of the documentation say what the code does. */
class TestQuantizerPages {
  private static final Path PAGES = Path.of("..", "docs", "quantizers");

  @Test
  void everyQuantizerHasAPageWithItsOptions() throws IOException {
    String contents = Files.readString(PAGES.resolve("README.md"));
    for (QuantizerFamily family : Quantizers.registry().all()) {
      assertThat(contents).contains("[%1$s](%1$s.md)".formatted(family.name()));
      List<String> documented = OptionTable.of(PAGES.resolve(family.name() + ".md"));
      List<String> offered =
          family.options().stream().map(option -> option.key() + "=" + option.standard()).toList();
      assertThat(documented).as(family.name()).containsExactlyInAnyOrderElementsOf(offered);
    }
  }

  @Test
  void everyChoiceIsExplained() throws IOException {
    String contents = Files.readString(PAGES.resolve("README.md"));
    for (QuantizerFlag flag : QuantizerFlag.values()) {
      assertThat(contents).contains("`" + flag.text() + "`");
    }
  }
}
