package org.distillgrid.jobs.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.JsonFiles;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.folder.SideBySide;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * The append-only record of a run: one immutable file an event, numbered by the one driver that
 * writes. A file that carries an event's name but cannot be read as one counts for nothing and is
 * reported: what it said of a trial is found again in the attempt's result.
 */
public final class Journal {
  private static final int NUMBER_DIGITS = 8;
  private static final Pattern NAME = Pattern.compile("(\\d{8})-[a-z-]+-[A-Za-z0-9._-]+\\.json");

  private final RunFiles files;
  private final Path folder;
  private final Path writer;
  private final NavigableMap<Long, String> names;
  private final String own = UUID.randomUUID().toString();
  // Who wrote last, as far as this journal knows.
  private Optional<String> last;

  private Journal(RunFiles files, Path folder) {
    this.files = files;
    this.folder = folder;
    this.writer = folder.suffix(".writer");
    this.last = files.text(writer);
    this.names = numbered(files, folder);
  }

  /**
   * Opens a journal, which is empty if the folder is not there.
   *
   * @throws GridException if the folder cannot be listed
   */
  public static Journal open(RunFiles files, Path folder) {
    return new Journal(files, folder);
  }

  /**
   * Adds an event, which is durable when this returns.
   *
   * @throws GridException if it cannot be written, or another driver has written in the meantime
   */
  public synchronized void append(Event event) {
    long next = lastEvent() + 1;
    String subject = event.subject().replaceAll("[^A-Za-z0-9._-]", "_");
    String name = String.format(Locale.ROOT, "%08d-%s-%s.json", next, event.kind().text(), subject);
    Path path = new Path(folder, name);
    claim(path);
    new JsonFiles(files).write(path, event);
    names.put(next, name);
  }

  // One small file tells who writes: to look for other events would be to list them all each time.
  private void claim(Path path) {
    if (!files.text(writer).equals(last)) {
      throw GridException.of(
          ErrorCode.OUTPUT, "Cannot write %s: another driver is at work on this run", path);
    }
    if (!last.equals(Optional.of(own))) {
      files.replace(writer, own);
      last = Optional.of(own);
    }
  }

  /** Returns the number of the last event, 0 if there is none. */
  public synchronized long lastEvent() {
    if (names.isEmpty()) {
      return 0;
    }
    return names.lastKey();
  }

  /** Returns how many events there are, damaged ones too. */
  public synchronized long events() {
    return names.size();
  }

  /** Returns whether an index speaks of this journal: of events that are there, and of all. */
  public synchronized boolean isTold(JournalIndex.Content index) {
    return index.lastEvent() <= lastEvent()
        && names.headMap(index.lastEvent(), true).size() == index.events();
  }

  /**
   * Reads every event in order.
   *
   * @throws GridException if a file of the folder cannot be read at all
   */
  public JournalState replay() {
    return replay(JournalIndex.Content.NONE);
  }

  /**
   * Reads in order the events that an index does not know of.
   *
   * @return what the index and these events amount to
   * @throws GridException if a file of the folder cannot be read at all
   */
  public synchronized JournalState replay(JournalIndex.Content index) {
    JsonFiles json = new JsonFiles(files);
    List<Event> events = new ArrayList<>();
    List<String> damaged = new ArrayList<>(index.damaged());
    List<String> later = List.copyOf(names.tailMap(index.lastEvent(), false).values());
    List<Optional<Event>> read =
        SideBySide.answers(later, name -> json.read(new Path(folder, name), Event.class));
    for (int i = 0; i < later.size(); i++) {
      String name = later.get(i);
      read.get(i).filter(Journal::whole).ifPresentOrElse(events::add, () -> damaged.add(name));
    }
    return JournalState.of(index.finished(), events, damaged);
  }

  /** Returns the last event of a kind, if there is one that can be read. */
  public synchronized Optional<Event> latest(EventKind kind) {
    String part = "-" + kind.text() + "-";
    return names.descendingMap().values().stream()
        .filter(name -> name.startsWith(part, NUMBER_DIGITS))
        .findFirst()
        .flatMap(this::event);
  }

  /** Returns the last event of all, if it can be read. */
  public synchronized Optional<Event> latest() {
    return Optional.ofNullable(names.lastEntry()).map(Map.Entry::getValue).flatMap(this::event);
  }

  private Optional<Event> event(String name) {
    return new JsonFiles(files).read(new Path(folder, name), Event.class).filter(Journal::whole);
  }

  private static boolean whole(Event event) {
    return event.kind() != null
        && event.subject() != null
        && event.attempt() != null
        && event.detail() != null;
  }

  // Names that are not an event's, those of temporary files above all, are not part of the journal.
  private static NavigableMap<Long, String> numbered(RunFiles files, Path folder) {
    NavigableMap<Long, String> byNumber = new TreeMap<>();
    for (FileStatus status : files.list(folder)) {
      Matcher matcher = NAME.matcher(status.getPath().getName());
      if (matcher.matches()) {
        byNumber.put(Long.parseLong(matcher.group(1)), status.getPath().getName());
      }
    }
    return byNumber;
  }
}
