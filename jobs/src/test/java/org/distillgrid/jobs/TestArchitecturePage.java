package org.distillgrid.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page of the house shows every room, and sends nobody to what is not there. */
class TestArchitecturePage {
  private static final Path ROOT = Path.of("..");
  private static final List<Path> MODULES =
      List.of(
          ROOT.resolve("lib-kd/src/main/java/org/distillgrid/kd"),
          ROOT.resolve("jobs/src/main/java/org/distillgrid/jobs"));

  /** A place such as {@code kd/quant/Bits} or {@code fleet.Cohorts}. */
  private static final Pattern PLACE =
      Pattern.compile("`((?:kd|jobs)(?:/\\w+)+|[a-z]+(?:\\.[a-z]+)*\\.[A-Z]\\w+)`");

  /** A class by its name alone. */
  private static final Pattern NAME = Pattern.compile("`([A-Z][a-z]+(?:[A-Z]\\w*)?)`");

  private static String page;

  @BeforeAll
  static void read() throws IOException {
    page = Files.readString(ROOT.resolve("docs/architecture.md"));
  }

  @Test
  void showsEveryRoom() throws IOException {
    Set<String> rooms = new TreeSet<>();
    for (Path module : MODULES) {
      for (Path file : files(module, "package-info.java")) {
        rooms.add(module.relativize(file.getParent()).toString().replace('/', '.'));
      }
    }
    rooms.remove("");
    assertThat(rooms).contains("nn", "spec").allMatch(room -> page.contains("`" + room + "`"));
  }

  @Test
  void namesOnlyWhatIsThere() throws IOException {
    Set<String> places = new TreeSet<>();
    Set<String> names = new TreeSet<>();
    for (Path module : List.of(ROOT.resolve("lib-kd/src"), ROOT.resolve("jobs/src"))) {
      for (Path file : files(module, ".java")) {
        String path = file.toString().replaceFirst(".*/org/distillgrid/", "");
        places.add(path.substring(0, path.length() - ".java".length()));
        places.add(path.substring(0, path.lastIndexOf('/')));
        names.add(file.getFileName().toString().replace(".java", ""));
      }
    }
    Set<String> shown = found(PLACE);
    assertThat(shown).contains("kd/quant/Bits", "fleet.Cohorts");
    shown.removeIf(place -> places.stream().anyMatch(there -> isAt(place, there)));
    assertThat(shown).as("places that are not there").isEmpty();
    assertThat(found(NAME)).contains("Trial").isSubsetOf(names);
  }

  private static boolean isAt(String place, String there) {
    return there.equals(place) || there.replaceFirst("^\\w+/", "").equals(place.replace('.', '/'));
  }

  private static Set<String> found(Pattern pattern) {
    return pattern
        .matcher(page)
        .results()
        .map((MatchResult result) -> result.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Path> files(Path folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }
}
