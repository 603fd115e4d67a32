package org.distillgrid.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Markdown page of the project and where its links lead; what stands in code is no link.
 *
 * @param file the page
 * @param text the page without blocks of code
 */
record Page(Path file, String text) {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```");
  private static final Pattern CODE = Pattern.compile("`[^`\n]*`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^()\\s]+)\\)");
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");

  static Page read(Path file) throws IOException {
    return new Page(file.normalize(), BLOCK.matcher(Files.readString(file)).replaceAll(""));
  }

  /** Returns all pages below a folder. */
  static List<Page> below(Path folder) throws IOException {
    List<Page> pages = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".md")).sorted().toList()) {
        pages.add(read(file));
      }
    }
    return pages;
  }

  /** Returns where its links to files of the project lead, whether or not there is something. */
  List<Path> targets() {
    return links().map(this::target).toList();
  }

  /** Returns its links that lead to no file, or to no heading of a page. */
  List<String> broken() throws IOException {
    List<String> broken = new ArrayList<>();
    for (String link : links().toList()) {
      if (!leads(link)) {
        broken.add(file + ": " + link);
      }
    }
    return broken;
  }

  private Stream<String> links() {
    return LINK.matcher(CODE.matcher(text).replaceAll("`"))
        .results()
        .map(found -> found.group(1))
        .filter(link -> !ELSEWHERE.matcher(link).matches());
  }

  private boolean leads(String link) throws IOException {
    Path target = target(link);
    if (!Files.exists(target)) {
      return false;
    }
    int hash = link.indexOf('#');
    return hash < 0 || read(target).anchors().contains(link.substring(hash + 1));
  }

  private Path target(String link) {
    String path = link.replaceFirst("#.*", "");
    if (path.isEmpty()) {
      return file;
    }
    return file.resolveSibling(path).normalize();
  }

  /** Returns the anchors of its headings, as GitHub makes them. */
  private List<String> anchors() {
    return HEADING.matcher(text).results().map(Page::anchor).toList();
  }

  private static String anchor(MatchResult heading) {
    return heading
        .group(1)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }
}
