package org.distillgrid.jobs.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.JsonFiles;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * The append-only record of a run: one immutable file an event, numbered by the one driver that
 * writes. A file that carries an event's name but cannot be read as one counts for nothing and is
 * reported: what it said of a trial is found again in the attempt's result.
 */
public final class Journal {
  private static final Pattern NAME = Pattern.compile("(\\d{8})-[a-z-]+-[A-Za-z0-9._-]+\\.json");

  private final RunFiles files;
  private final Path folder;
  private long next;

  private Journal(RunFiles files, Path folder, long next) {
    this.files = files;
    this.folder = folder;
    this.next = next;
  }

  /**
   * Opens a journal, which is empty if the folder is not there.
   *
   * @throws GridException if the folder cannot be listed
   */
  public static Journal open(RunFiles files, Path folder) {
    SortedMap<Long, Path> numbered = numbered(files, folder);
    long last = 0;
    if (!numbered.isEmpty()) {
      last = numbered.lastKey();
    }
    return new Journal(files, folder, last + 1);
  }

  /**
   * Adds an event, which is durable when this returns.
   *
   * @throws GridException if it cannot be written, or another driver has written in the meantime
   */
  public synchronized void append(Event event) {
    String subject = event.subject().replaceAll("[^A-Za-z0-9._-]", "_");
    String name = String.format(Locale.ROOT, "%08d-%s-%s.json", next, event.kind().text(), subject);
    Path path = new Path(folder, name);
    if (!numbered(files, folder).tailMap(next).isEmpty()) {
      throw GridException.of(
          ErrorCode.OUTPUT, "Cannot write %s: another driver is at work on this run", path);
    }
    new JsonFiles(files).write(path, event);
    next++;
  }

  /**
   * Reads every event in order.
   *
   * @throws GridException if the folder or a file in it cannot be read at all
   */
  public JournalState replay() {
    JsonFiles json = new JsonFiles(files);
    List<Event> events = new ArrayList<>();
    List<String> damaged = new ArrayList<>();
    for (Path path : numbered(files, folder).values()) {
      Optional<Event> event = json.read(path, Event.class).filter(Journal::whole);
      event.ifPresentOrElse(events::add, () -> damaged.add(path.getName()));
    }
    return JournalState.of(events, damaged);
  }

  private static boolean whole(Event event) {
    return event.kind() != null
        && event.subject() != null
        && event.attempt() != null
        && event.detail() != null;
  }

  // Names that are not an event's, those of temporary files above all, are not part of the journal.
  private static SortedMap<Long, Path> numbered(RunFiles files, Path folder) {
    SortedMap<Long, Path> byNumber = new TreeMap<>();
    for (FileStatus status : files.list(folder)) {
      Matcher matcher = NAME.matcher(status.getPath().getName());
      if (matcher.matches()) {
        byNumber.put(Long.parseLong(matcher.group(1)), status.getPath());
      }
    }
    return byNumber;
  }
}
