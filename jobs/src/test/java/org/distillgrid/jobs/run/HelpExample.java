package org.distillgrid.jobs.run;

import java.util.ArrayList;
import java.util.List;
import org.distillgrid.jobs.cli.DistillGrid;
import picocli.CommandLine;

/**
 * A line that the help of a command shows.
 *
 * @param command whose help it is; empty for that of all
 * @param line as it is shown, without the program
 */
record HelpExample(String command, String line) {
  private static final String PROGRAM = "distill-grid ";
  private static final int NO_WRAP = 500;

  /** Returns those of all commands. */
  static List<HelpExample> all() {
    CommandLine root = DistillGrid.commandLine().setUsageHelpAutoWidth(false);
    List<HelpExample> all = new ArrayList<>(of("", root));
    root.getSubcommands().forEach((name, each) -> all.addAll(of(name, each)));
    return all;
  }

  private static List<HelpExample> of(String name, CommandLine command) {
    return command
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(NO_WRAP)
        .getUsageMessage()
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith(PROGRAM))
        .map(line -> new HelpExample(name, line.substring(PROGRAM.length())))
        .toList();
  }

  /** Returns its words as a shell takes them, but for the file that the output goes into. */
  List<String> words() {
    List<String> words = split();
    int redirected = words.indexOf(">");
    if (redirected < 0) {
      return words;
    }
    return words.subList(0, redirected);
  }

  private List<String> split() {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char quote = ' ';
    for (char each : (line + " ").toCharArray()) {
      if (quote == ' ' && (each == '\'' || each == '"')) {
        quote = each;
      } else if (each == quote && quote != ' ') {
        quote = ' ';
      } else if (each == ' ' && quote == ' ') {
        words.add(word.toString());
        word.setLength(0);
      } else {
        word.append(each);
      }
    }
    words.removeIf(String::isEmpty);
    return words;
  }

  @Override
  public String toString() {
    return line;
  }
}
