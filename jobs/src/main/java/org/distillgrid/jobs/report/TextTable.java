package org.distillgrid.jobs.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Aligned columns of text: the first ones to the left, numbers to the right, under a line of titles
 * and one of units where there are any.
 */
public final class TextTable {
  /** What a terminal and a printed page show of a line. */
  public static final int PAGE = 120;

  private static final int LEAST = 6;
  private static final String GAP = "  ";

  private final List<String> titles;
  private final int leftColumns;
  private final List<String> units = new ArrayList<>();
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

  /** Says in which units columns are, by their titles. */
  public void units(Map<String, String> byTitle) {
    titles.forEach(title -> units.add(byTitle.getOrDefault(title, "")));
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
    if (!units.isEmpty()) {
      units.remove(column);
    }
    rows.forEach(row -> row.remove(column));
  }

  /**
   * Returns the lines, the titles first. Where they would be too wide, texts of the columns to the
   * left go on in lines below; where that does not help, one column after the other of some is left
   * out.
   *
   * @param most characters of a line
   * @param dispensable titles of columns of numbers, the least important first
   */
  public List<String> lines(int most, String... dispensable) {
    for (String title : dispensable) {
      if (width(narrowest()) > most) {
        drop(title);
      }
    }
    List<Integer> widths = widths();
    List<Integer> narrowest = narrowest();
    while (width(widths) > most && !widths.equals(narrowest)) {
      int widest = -1;
      for (int i = 0; i < leftColumns; i++) {
        boolean canShrink = widths.get(i) > narrowest.get(i);
        if (canShrink && (widest < 0 || widths.get(i) > widths.get(widest))) {
          widest = i;
        }
      }
      widths.set(widest, widths.get(widest) - 1);
    }
    return lines(widths);
  }

  /** Returns the lines, the titles first, however wide they are. */
  public List<String> lines() {
    return lines(widths());
  }

  private List<String> lines(List<Integer> widths) {
    List<String> lines = new ArrayList<>();
    all().forEach(row -> lines.addAll(lines(row, widths)));
    return lines;
  }

  private List<List<String>> all() {
    List<List<String>> all = new ArrayList<>();
    all.add(titles);
    if (!units.isEmpty()) {
      all.add(units);
    }
    all.addAll(rows);
    return all;
  }

  private List<Integer> widths() {
    List<Integer> widths = new ArrayList<>();
    for (int i = 0; i < titles.size(); i++) {
      int column = i;
      widths.add(all().stream().mapToInt(row -> TextWrap.length(row.get(column))).max().orElse(0));
    }
    return widths;
  }

  // Columns to the left as narrow as they can get; numbers are never cut.
  private List<Integer> narrowest() {
    List<Integer> widths = widths();
    for (int i = 0; i < leftColumns; i++) {
      int least = Math.max(LEAST, TextWrap.length(titles.get(i)));
      widths.set(i, Math.min(widths.get(i), least));
    }
    return widths;
  }

  private static int width(List<Integer> widths) {
    return widths.stream().mapToInt(Integer::intValue).sum() + GAP.length() * (widths.size() - 1);
  }

  private List<String> lines(List<String> row, List<Integer> widths) {
    List<List<String>> cells = new ArrayList<>();
    int height = 1;
    for (int i = 0; i < row.size(); i++) {
      cells.add(TextWrap.lines(row.get(i), Math.max(1, widths.get(i))));
      height = Math.max(height, cells.get(i).size());
    }
    List<String> lines = new ArrayList<>();
    for (int at = 0; at < height; at++) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < cells.size(); i++) {
        String text = "";
        if (at < cells.get(i).size()) {
          text = cells.get(i).get(at);
        }
        String padding = " ".repeat(widths.get(i) - TextWrap.length(text));
        if (i < leftColumns) {
          line.append(text).append(padding);
        } else {
          line.append(padding).append(text);
        }
        line.append(GAP);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
