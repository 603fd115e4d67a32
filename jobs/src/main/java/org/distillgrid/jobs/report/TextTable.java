package org.distillgrid.jobs.report;

import java.util.ArrayList;
import java.util.List;

/** Aligned columns of text: the first ones to the left, numbers to the right. */
public final class TextTable {
  private final List<String> titles;
  private final int leftColumns;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * Begins a table.
   *
   * @param leftColumns how many of the first columns are aligned to the left
   */
  public TextTable(int leftColumns, String... titles) {
    this.titles = new ArrayList<>(List.of(titles));
    this.leftColumns = leftColumns;
  }

  /** Adds a row. */
  public void add(String... cells) {
    if (cells.length != titles.size()) {
      throw new IllegalArgumentException("Cells do not fit the titles: " + List.of(cells));
    }
    rows.add(new ArrayList<>(List.of(cells)));
  }

  /** Leaves out a column of numbers that no row fills. */
  public void dropIfEmpty(String title) {
    int column = titles.indexOf(title);
    if (rows.stream().allMatch(row -> row.get(column).isEmpty())) {
      drop(title);
    }
  }

  private void drop(String title) {
    int column = titles.indexOf(title);
    titles.remove(column);
    rows.forEach(row -> row.remove(column));
  }

  /**
   * Returns the lines, the titles first, without one column after the other of some while they are
   * too wide.
   *
   * @param most characters of a line
   * @param dispensable titles of columns of numbers, the least important first
   */
  public List<String> lines(int most, String... dispensable) {
    for (String title : dispensable) {
      if (lines().stream().anyMatch(line -> length(line) > most)) {
        drop(title);
      }
    }
    return lines();
  }

  /** Returns the lines, the titles first. */
  public List<String> lines() {
    List<List<String>> all = new ArrayList<>();
    all.add(titles);
    all.addAll(rows);
    return all.stream().map(row -> line(row, all)).toList();
  }

  private String line(List<String> row, List<List<String>> all) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      int column = i;
      int width = all.stream().mapToInt(each -> length(each.get(column))).max().orElse(0);
      String padding = " ".repeat(width - length(row.get(i)));
      if (i < leftColumns) {
        line.append(row.get(i)).append(padding);
      } else {
        line.append(padding).append(row.get(i));
      }
      line.append("  ");
    }
    return line.toString().stripTrailing();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
