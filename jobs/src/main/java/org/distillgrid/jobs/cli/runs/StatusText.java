package org.distillgrid.jobs.cli.runs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.distillgrid.jobs.fleet.ProgressLine;
import org.distillgrid.jobs.report.TextTable;
import org.distillgrid.jobs.report.TextWrap;
import org.distillgrid.jobs.run.RunLock;
import org.distillgrid.jobs.watch.BestCell;
import org.distillgrid.jobs.watch.RunStatus;

/**
 * How a run stands, in words.
 *
 * @param status how it stands
 * @param now for what is said of times
 */
record StatusText(RunStatus status, Instant now) {
  private static final String UNKNOWN = "?";

  /** Returns all that is known, a line each. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Run:       " + status.name() + ", " + status.folder().location());
    lines.add("State:     " + state());
    lines.add("Trials:    " + trials());
    status.progress().ifPresent(now -> lines.addAll(wrapped("Now:       ", now.line().text())));
    status.lastError().ifPresent(error -> lines.addAll(wrapped("Failed:    ", error)));
    BestCell.of(status.folder()).ifPresent(cell -> lines.add("Best:      " + cell.text()));
    return lines;
  }

  // What follows a title goes on below itself.
  private static List<String> wrapped(String title, String text) {
    List<String> lines = new ArrayList<>();
    for (String line : TextWrap.lines(text, TextTable.PAGE - title.length())) {
      if (lines.isEmpty()) {
        lines.add(title + line);
      } else {
        lines.add(" ".repeat(title.length()) + line);
      }
    }
    return lines;
  }

  /** Returns the counts of trials: those that have ended of all. */
  String counts() {
    return status.counts().finished() + "/" + all();
  }

  private String trials() {
    String text = all() + ", " + status.counts().finished() + " finished";
    if (status.counts().failed() > 0) {
      text += ", " + status.counts().failed() + " failed";
    }
    return text;
  }

  private String all() {
    return status.trials().map(String::valueOf).orElse(UNKNOWN);
  }

  private String state() {
    return switch (status.state()) {
      case RUNNING -> "running" + since(status.began()) + by(status.driver());
      case FINISHED -> "finished" + ago(status.lastSign());
      case STOPPED -> "stopped" + ago(status.lastSign()) + "; the same run command goes on with it";
      case NEW -> "new: no driver has begun to train for it";
    };
  }

  private static String by(Optional<RunLock.Holder> driver) {
    return driver
        .map(holder -> ", process " + holder.process() + " on " + holder.host())
        .orElse("");
  }

  private String since(Optional<Instant> began) {
    return began.map(at -> " for " + length(at)).orElse("");
  }

  private String ago(Optional<Instant> at) {
    return at.map(time -> " " + length(time) + " ago").orElse("");
  }

  /** Returns how long ago something was; a clock elsewhere may be ahead of ours. */
  String length(Instant at) {
    Duration length = Duration.between(at, now);
    if (length.isNegative()) {
      return ProgressLine.time(Duration.ZERO);
    }
    if (length.toDays() > 0) {
      return length.toDays() + " d " + length.toHoursPart() + " h";
    }
    return ProgressLine.time(length);
  }
}
