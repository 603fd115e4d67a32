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

/**
 * The page of the house shows every room; it and those on jars send nobody to what is not there.
 */
class TestArchitecturePage {
  private static final Path ROOT = Path.of("..");
  private static final List<Path> MODULES =
      List.of(
          ROOT.resolve("lib-kd/src/main/java/org/distillgrid/kd"),
          ROOT.resolve("jobs/src/main/java/org/distillgrid/jobs"));

  /** A place such as {@code kd/quant/Bits} or {@code fleet.FleetRun}. */
  private static final Pattern PLACE =
      Pattern.compile("`((?:kd|jobs)(?:/\\w+)+|[a-z]+(?:\\.[a-z]+)*\\.[A-Z]\\w+)`");

  /** A class by its name alone. */
  private static final Pattern NAME = Pattern.compile("`([A-Z][a-z]+(?:[A-Z]\\w*)?)`");

  /** A class and what is called on it: {@code Scaled.by}. */
  private static final Pattern CALL = Pattern.compile("`([A-Z][a-z]\\w*)\\.[a-z]\\w*\\b");

  private static Set<String> places;
  private static Set<String> names;

  @BeforeAll
  static void read() throws IOException {
    places = new TreeSet<>();
    names = new TreeSet<>();
    for (String module : List.of("lib-kd/src", "jobs/src", "examples", "cluster-tests/src")) {
      for (Path file : files(ROOT.resolve(module), ".java")) {
        String path = file.toString().replaceFirst(".*/org/distillgrid/", "");
        places.add(path.substring(0, path.length() - ".java".length()));
        places.add(path.substring(0, path.lastIndexOf('/')));
        names.add(file.getFileName().toString().replace(".java", ""));
      }
    }
  }

  @Test
  void showsEveryRoom() throws IOException {
    String page = page("architecture.md");
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
    String page = page("architecture.md");
    assertThat(found(PLACE, page)).contains("kd/quant/Bits", "fleet.FleetRun");
    assertThat(found(NAME, page)).contains("Trial");
    assertThat(absent(page)).isEmpty();
  }

  @Test
  void thePagesOnJarsNameOnlyWhatIsThere() throws IOException {
    String extending = page("extending.md");
    assertThat(found(PLACE, extending)).contains("org.distillgrid.kd.model.ModelFamily");
    assertThat(found(NAME, extending)).contains("FeatureDistiller", "QuantizerParameters");
    assertThat(found(CALL, extending)).contains("StraightThrough", "Draws");
    assertThat(absent(extending)).isEmpty();

    String adding = page("methods/adding.md");
    assertThat(found(PLACE, adding)).contains("distill.feature.FitNet");
    assertThat(found(NAME, adding)).contains("TermMethod");
    assertThat(absent(adding)).isEmpty();
  }

  private static String page(String name) throws IOException {
    return Files.readString(ROOT.resolve("docs").resolve(name));
  }

  /** Returns the places and classes that a page names and that are not there. */
  private static Set<String> absent(String page) {
    Set<String> absent = found(PLACE, page);
    absent.removeIf(place -> places.stream().anyMatch(there -> isAt(place, there)));
    Set<String> classes = found(NAME, page);
    classes.addAll(found(CALL, page));
    classes.removeAll(names);
    absent.addAll(classes);
    return absent;
  }

  private static boolean isAt(String place, String there) {
    String path = place.replaceFirst("^org\\.distillgrid\\.", "").replace('.', '/');
    return there.equals(path) || there.replaceFirst("^\\w+/", "").equals(path);
  }

  private static Set<String> found(Pattern pattern, String page) {
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
