package org.distillgrid.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Figures of experiments have one home, {@code docs/results.md}; pages of methods repeat them. */
class TestResultPages {
  private static final Path DOCS = Path.of("..", "docs");
  private static final String SECTION = "## Every method tuned, at four and two bits\n";
  private static final String HEAD =
      "| method | chosen | Set5, dB | Set14, dB | less `none`, dB | p seeds | p images (Holm) |";
  private static final Pattern SPREAD = Pattern.compile("[+-]?\\d+\\.\\d+ ± \\d+\\.\\d+");

  @Test
  void everyPageOfAMethodRepeatsItsResults() throws IOException {
    String results = results();
    List<String> held = new ArrayList<>();
    for (Path page : pages()) {
      String text = Files.readString(page);
      assertThat(problems(text, results)).as(page.toString()).isEmpty();
      if (text.contains(HEAD)) {
        String method = page.getFileName().toString().replace(".md", "");
        assertThat(rows(text))
            .as(page.toString())
            .anyMatch(row -> row.startsWith("| `" + method + "`"));
        held.add(method);
      }
    }
    assertThat(held)
        .containsExactlyInAnyOrder(
            "at", "csd", "dckd", "dukd", "fakd", "fitnet", "logits", "mipkd", "none", "rkd", "slkd",
            "spark");
  }

  @Test
  void aChangedDigitIsFound() throws IOException {
    String results = results();
    for (Path page : pages()) {
      String text = Files.readString(page);
      for (String row : rows(text)) {
        for (int at = 0; at < row.length(); at++) {
          if (Character.isDigit(row.charAt(at))) {
            char other = (char) ('0' + (row.charAt(at) - '0' + 1) % 10);
            String wrong = row.substring(0, at) + other + row.substring(at + 1);
            assertThat(problems(text.replace(row, wrong), results)).contains(wrong);
          }
        }
      }
    }
    assertThat(problems("It gains +0.0138 ± 0.0057 dB.", results))
        .containsExactly("+0.0138 ± 0.0057");
  }

  @Test
  void rowsKeepTheirOrder() throws IOException {
    List<String> all = rows(section(results()));
    for (Path page : pages()) {
      List<String> rows = rows(Files.readString(page));
      assertThat(all.stream().filter(rows::contains)).as(page.toString()).isEqualTo(rows);
    }
  }

  private static String results() throws IOException {
    return Files.readString(DOCS.resolve("results.md"));
  }

  /** Returns the rows and figures of a page that the results do not have. */
  private static List<String> problems(String page, String results) {
    List<String> all = rows(section(results));
    List<String> problems = new ArrayList<>();
    rows(page).stream().filter(row -> !all.contains(row)).forEach(problems::add);
    Matcher figures = SPREAD.matcher(page);
    while (figures.find()) {
      if (!results.contains(figures.group())) {
        problems.add(figures.group());
      }
    }
    return problems;
  }

  private static String section(String results) {
    String from = results.substring(results.indexOf(SECTION) + SECTION.length());
    return from.substring(0, from.indexOf("\n## "));
  }

  /** Returns the rows of the tables that have the head of the results. */
  private static List<String> rows(String text) {
    List<String> rows = new ArrayList<>();
    boolean within = false;
    for (String line : text.split("\n", -1)) {
      if (within && line.startsWith("| ")) {
        rows.add(line);
      }
      within = line.equals(HEAD) || (within && line.startsWith("|"));
    }
    return rows;
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(DOCS.resolve("methods"))) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }
}
