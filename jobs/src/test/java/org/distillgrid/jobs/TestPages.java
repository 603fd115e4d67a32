package org.distillgrid.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPages {
  private static final Path ROOT = Path.of("..");
  private static final Path DOCS = ROOT.resolve("docs");

  @TempDir Path folder;

  @Test
  void theIndexLeadsToEveryPage() throws IOException {
    assertThat(unreached(DOCS)).isEmpty();
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<Page> pages = new ArrayList<>(Page.below(DOCS));
    for (String name : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
      pages.add(Page.read(ROOT.resolve(name)));
    }
    List<String> broken = new ArrayList<>();
    for (Page page : pages) {
      broken.addAll(page.broken());
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void findsAPageThatNothingLeadsToAndLinksThatLeadNowhere() throws IOException {
    Files.createDirectory(folder.resolve("below"));
    write("README.md", "[a](a.md), ![picture](absent.png), [outside](https://example.org)");
    write("a.md", "# A title, *in* short\n[b](below/b.md#one-heading) `[code](absent.md)`");
    write("below/b.md", "## One heading\n[up](../a.md#a-title-in-short) [not](../a.md#absent)");
    write("below/lonely.md", "[c](absent.md)\n```\n[block](absent.md)\n```\n[own](#absent)");

    assertThat(unreached(folder)).containsExactly(folder.resolve("below/lonely.md"));
    List<String> broken = new ArrayList<>();
    for (Page page : Page.below(folder)) {
      broken.addAll(page.broken());
    }
    assertThat(broken)
        .containsExactly(
            folder.resolve("README.md") + ": absent.png",
            folder.resolve("below/b.md") + ": ../a.md#absent",
            folder.resolve("below/lonely.md") + ": absent.md",
            folder.resolve("below/lonely.md") + ": #absent");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  /** Returns the pages of a folder that no way from its README.md leads to. */
  private static Set<Path> unreached(Path folder) throws IOException {
    Map<Path, Page> unreached = new HashMap<>();
    Page.below(folder).forEach(page -> unreached.put(page.file(), page));
    Deque<Path> ahead = new ArrayDeque<>(List.of(folder.resolve("README.md").normalize()));
    while (!ahead.isEmpty()) {
      Page page = unreached.remove(ahead.remove());
      if (page != null) {
        ahead.addAll(page.targets());
      }
    }
    return unreached.keySet().stream()
        .sorted()
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
