package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.distillgrid.jobs.cli.DistillGrid;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every example of every command's help, on files that are made for it. */
class TestHelpExamples {
  /** They look or write into the folder in which they are given, which a test cannot choose. */
  private static final Set<String> OF_THIS_FOLDER = Set.of("runs", "init photographs");

  /** It measures for ten seconds, as {@link TestDryRun} lets it. */
  private static final String MEASURED = "run --dry-run grids/quickstart.yaml";

  @TempDir static Path folder;
  private static TinyRun tiny;
  private static ExampleWorld world;

  @BeforeAll
  static void make() throws IOException {
    tiny = new TinyRun(folder);
    world = new ExampleWorld(folder, tiny);
    succeed(List.of("run", world.here("grids/quickstart.yaml"), "--no-report"));
    String query = "SELECT trial_id FROM trials WHERE bits = 'w4a4' AND method = 'logits'";
    String rows = succeed(List.of("sql", "--csv", world.here("runs/quickstart"), query));
    String id = rows.lines().skip(1).findFirst().orElseThrow();
    world.calls("3f2a", id.substring(0, 8));
    world.calls("3f9a", id.substring(0, 8));
  }

  @AfterAll
  static void close() throws IOException {
    tiny.close();
  }

  static List<HelpExample> examples() {
    return HelpExample.all();
  }

  @Test
  void everyCommandShowsOne() {
    Set<String> commands = new TreeSet<>(DistillGrid.commandLine().getSubcommands().keySet());
    commands.remove("help");

    Set<String> shown =
        examples().stream()
            .map(HelpExample::command)
            .collect(Collectors.toCollection(TreeSet::new));
    commands.add("");
    assertThat(shown).isEqualTo(commands);
    assertThat(examples().stream().filter(each -> !each.command().isEmpty()))
        .allMatch(each -> each.words().get(0).equals(each.command()));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void works(HelpExample example) throws IOException {
    List<String> words = new ArrayList<>();
    for (String word : example.words()) {
      words.add(world.here(word));
    }
    if (OF_THIS_FOLDER.contains(example.line()) || example.line().equals(MEASURED)) {
      DistillGrid.commandLine().parseArgs(words.toArray(String[]::new));
      return;
    }
    if (words.get(0).equals("run")) {
      // Examples of report write it.
      words.add("--no-report");
    }
    if (words.get(0).equals("teach")) {
      // Its help says that it needs this.
      List<String> before = new ArrayList<>(words);
      before.set(0, "prepare");
      succeed(before);
    }
    if (words.get(0).equals("rm")) {
      words.set(words.size() - 1, world.copyOfTheRun());
    }
    assertThat(succeed(words)).isNotBlank();
  }

  private static String succeed(List<String> words) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream("y\n".getBytes(StandardCharsets.UTF_8)));
    try {
      TinyRun.Outcome outcome = TinyRun.execute(words.toArray(String[]::new));
      assertThat(outcome.status()).as("%s: %s", words, outcome.err()).isZero();
      return outcome.out();
    } finally {
      System.setIn(before);
    }
  }
}
