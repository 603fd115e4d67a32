package org.distillgrid.jobs.run;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.FinishedTrial;
import org.distillgrid.jobs.journal.Journal;
import org.distillgrid.jobs.journal.JournalIndex;
import org.distillgrid.jobs.journal.JournalState;
import org.distillgrid.jobs.worker.Training;
import org.distillgrid.kd.error.GridException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trials that have finished, and the index that keeps them from run to run. It is believed
 * where it speaks of the journal that is there, and of a trial where the result's file is the very
 * one that was read for it and its weights are there; all else is read.
 */
final class IndexedResults {
  private static final Logger LOGGER = LoggerFactory.getLogger(IndexedResults.class);
  // To write the whole index when a tenth has been added to it costs each event the same.
  private static final long LEAST_TAIL = 1000;
  private static final int PARTS = 10;

  private final RunFolder run;
  private final Journal journal;
  private final JournalIndex index;
  private final Map<String, FinishedTrial> finished = new LinkedHashMap<>();
  // What the journal calls finished beyond the index; to write it without them would lose them.
  private final Set<String> unseen = new HashSet<>();
  private Optional<JournalState> earlier = Optional.empty();
  private long written;
  private boolean changed;

  IndexedResults(RunFolder run, Journal journal) {
    this.run = run;
    this.journal = journal;
    this.index = new JournalIndex(run);
  }

  /**
   * Returns what earlier drivers have noted; the first time, by the index, and by what the journal
   * has beyond it.
   */
  JournalState earlier(Consumer<String> messages) {
    if (earlier.isEmpty()) {
      earlier = Optional.of(replay(messages));
    }
    return earlier.get();
  }

  private JournalState replay(Consumer<String> messages) {
    Optional<JournalIndex.Content> known = index.read(journal);
    JournalIndex.Content content = known.orElse(JournalIndex.Content.NONE);
    content.finished().forEach(trial -> finished.put(trial.trialId(), trial));
    written = content.lastEvent();
    JournalState state = journal.replay(content);
    if (!state.damaged().isEmpty()) {
      messages.accept("Journal: passing over damaged " + String.join(", ", state.damaged()));
    }
    state.trials().keySet().stream()
        .filter(id -> state.finishedAttempt(id).isPresent() && !finished.containsKey(id))
        .forEach(unseen::add);
    if (known.isEmpty() && !unseen.isEmpty()) {
      messages.accept(
          "Index: "
              + run.journalIndex().getName()
              + " is missing, damaged or another journal's; reading every event and result");
    }
    return state;
  }

  /** Notes that a trial of {@link #earlier} has been looked for, whether it was there or not. */
  void seen(String trialId) {
    unseen.remove(trialId);
  }

  /** Returns the result of an attempt that the journal calls finished, if it is there, whole. */
  Optional<FinishedTrial> find(Training training, String attempt) {
    Path file = training.place(run).attempt(attempt).result();
    Optional<FileStatus> status = run.files().status(file);
    if (status.isEmpty()) {
      return Optional.empty();
    }
    FinishedTrial known = finished.get(training.id());
    if (known != null
        && known.attempt().equals(attempt)
        && known.bytes() == status.get().getLen()
        && known.modified() == status.get().getModificationTime()
        && run.files().exists(run.at(known.weights()))) {
      return Optional.of(known);
    }
    return training
        .attempt(run, attempt)
        .result()
        .flatMap(result -> result.either(Optional::of, failed -> Optional.empty()))
        .map(result -> kept(result, status));
  }

  /** Keeps a trial that {@link #find} has found. */
  void keep(FinishedTrial trial) {
    changed |= !trial.equals(finished.put(trial.trialId(), trial));
  }

  /** Keeps a trial that has just finished. */
  FinishedTrial keep(Training training, FinishedResult result) {
    Path file = training.place(run).attempt(result.attempt()).result();
    FinishedTrial trial = kept(result, run.files().status(file));
    keep(trial);
    return trial;
  }

  // A file that is not there has no mark, so the next run looks for it and does not find it.
  private static FinishedTrial kept(FinishedResult result, Optional<FileStatus> status) {
    return FinishedTrial.of(
        result,
        status.map(FileStatus::getLen).orElse(0L),
        status.map(FileStatus::getModificationTime).orElse(0L));
  }

  /** Writes the index if much has happened since it was last written. */
  void writeIfDue() {
    long tail = journal.lastEvent() - written;
    if (unseen.isEmpty() && tail > Math.max(LEAST_TAIL, written / PARTS)) {
      write();
    }
  }

  /** Writes the index unless it holds every trial already. */
  void writeIfChanged() {
    if (changed) {
      write();
    }
  }

  // Without the index a run is only slower to resume, so it does not end a run.
  private void write() {
    List<String> damaged = earlier.map(JournalState::damaged).orElse(List.of());
    written = journal.lastEvent();
    changed = false;
    try {
      index.write(
          new JournalIndex.Content(
              written, journal.events(), damaged, List.copyOf(finished.values())));
    } catch (GridException e) {
      LOGGER.warn("Index is left as it was: {}", e.getMessage());
    }
  }
}
