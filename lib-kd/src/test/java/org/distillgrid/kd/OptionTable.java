package org.distillgrid.kd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of options on a page of the documentation. Other tables of a page are none of it. */
public final class OptionTable {
  private static final String HEAD = "| option | standard | meaning |";
  private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| (\\S+) \\|.*");

  private OptionTable() {}

  /** Returns the options of a page, each as {@code key=standard}; none where it has no table. */
  public static List<String> of(Path page) throws IOException {
    return Files.readAllLines(page).stream()
        .dropWhile(line -> !line.equals(HEAD))
        .takeWhile(line -> line.startsWith("|"))
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .map(row -> row.group(1) + "=" + row.group(2))
        .toList();
  }
}
