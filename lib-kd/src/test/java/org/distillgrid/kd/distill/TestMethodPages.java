package org.distillgrid.kd.distill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.distillgrid.kd.OptionTable;
import org.junit.jupiter.api.Test;

/** The pages of the documentation say what the code does. */
class TestMethodPages {
  private static final Path PAGES = Path.of("..", "docs", "methods");
  private static final Path EXAMPLES = Path.of("..", "examples");

  @Test
  void theWorkedExamplesAreThoseThatAreCompiled() throws IOException {
    String page = Files.readString(PAGES.resolve("adding.md"));
    String service = "META-INF/services/" + Method.class.getName();
    for (String example : List.of("method", "output-method")) {
      Path main = EXAMPLES.resolve(example).resolve("src/main");
      String line = Files.readString(main.resolve("resources").resolve(service));
      String source =
          Files.readString(main.resolve("java/" + line.strip().replace('.', '/') + ".java"));
      assertThat(page).contains("```java\n" + source + "```\n");
      assertThat(page).contains("`" + service + "`").contains("```\n" + line + "```\n");
    }
  }

  @Test
  void everyMethodHasAPageWithItsOptions() throws IOException {
    String contents = Files.readString(PAGES.resolve("README.md"));
    for (Method method : Methods.registry().all()) {
      assertThat(contents).contains("[%1$s](%1$s.md)".formatted(method.name()));
      List<String> documented = OptionTable.of(PAGES.resolve(method.name() + ".md"));
      List<String> offered =
          method.options().stream().map(option -> option.key() + "=" + option.standard()).toList();
      assertThat(documented).as(method.name()).containsExactlyInAnyOrderElementsOf(offered);
    }
  }
}
