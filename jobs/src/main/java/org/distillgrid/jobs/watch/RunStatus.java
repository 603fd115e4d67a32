package org.distillgrid.jobs.watch;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.Event;
import org.distillgrid.jobs.journal.EventKind;
import org.distillgrid.jobs.journal.Journal;
import org.distillgrid.jobs.journal.JournalIndex;
import org.distillgrid.jobs.journal.JournalState;
import org.distillgrid.jobs.plan.GridExpansion;
import org.distillgrid.jobs.run.ProgressFile;
import org.distillgrid.jobs.run.RunLock;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.SpecReader;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * How a run stands, by its folder alone.
 *
 * @param folder where it lies
 * @param name as its spec says
 * @param state what it is doing
 * @param driver who is at work on it
 * @param trials how many its grid has; absent where the spec names what only other jars know
 * @param counts trials that have ended
 * @param lastError of the last trial that failed and has not finished since
 * @param began when the last driver began
 * @param lastSign when something was last noted in the journal or of the progress
 * @param progress how far the work has come, as long as it is under way
 */
public record RunStatus(
    RunFolder folder,
    String name,
    RunState state,
    Optional<RunLock.Holder> driver,
    Optional<Integer> trials,
    Counts counts,
    Optional<String> lastError,
    Optional<Instant> began,
    Optional<Instant> lastSign,
    Optional<ProgressFile.Content> progress) {

  /**
   * Trials that have ended.
   *
   * @param finished with a result
   * @param failed without one
   */
  public record Counts(int finished, int failed) {}

  /** Returns whether a folder is that of a run. */
  public static boolean isRun(RunFolder run) {
    return run.files().exists(run.spec());
  }

  /**
   * Reads how a run stands.
   *
   * @throws GridException if the folder is no run folder, or cannot be read
   */
  public static RunStatus of(RunFolder run) {
    String yaml =
        run.files()
            .text(run.spec())
            .orElseThrow(
                () ->
                    GridException.of(
                        ErrorCode.INPUT,
                        "Cannot open %s: no run folder (it has no spec.yaml)",
                        run.location()));
    RunSpec spec = SpecReader.effective(yaml, run.spec().toString());
    Journal journal = Journal.open(run.files(), run.journal());
    JournalIndex.Content index =
        new JournalIndex(run).read().filter(journal::isTold).orElse(JournalIndex.Content.NONE);
    JournalState trials = journal.replay(index);
    Optional<RunLock.Holder> driver = RunLock.holder(run);
    Optional<ProgressFile.Content> progress = driver.flatMap(any -> ProgressFile.read(run));
    Optional<Instant> noted = journal.latest().flatMap(RunStatus::time);
    return new RunStatus(
        run,
        spec.name(),
        state(driver, journal),
        driver,
        trials(spec),
        counts(trials),
        lastError(trials),
        journal.latest(EventKind.RUN_STARTED).flatMap(RunStatus::time),
        later(noted, progress.flatMap(content -> time(content.at()))),
        progress);
  }

  private static RunState state(Optional<RunLock.Holder> driver, Journal journal) {
    if (driver.isPresent()) {
      return RunState.RUNNING;
    }
    Optional<EventKind> last = journal.latest().map(Event::kind);
    if (last.isEmpty()) {
      return RunState.NEW;
    }
    if (last.get() == EventKind.RUN_FINISHED) {
      return RunState.FINISHED;
    }
    return RunState.STOPPED;
  }

  private static Optional<Integer> trials(RunSpec spec) {
    try {
      return Optional.of(GridExpansion.expand(spec, Catalog.load()).trials().size());
    } catch (GridException e) {
      return Optional.empty();
    }
  }

  private static Counts counts(JournalState trials) {
    int finished =
        (int)
            trials.trials().values().stream()
                .filter(JournalState.Finished.class::isInstance)
                .count();
    return new Counts(finished, trials.trials().size() - finished);
  }

  private static Optional<String> lastError(JournalState trials) {
    return trials.trials().values().stream()
        .filter(JournalState.Failed.class::isInstance)
        .map(failed -> ((JournalState.Failed) failed).error())
        .reduce((earlier, later) -> later);
  }

  private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    if (one.isPresent() && other.isPresent()) {
      if (one.get().isBefore(other.get())) {
        return other;
      }
      return one;
    }
    return one.or(() -> other);
  }

  private static Optional<Instant> time(Event event) {
    return time(event.at());
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.ofNullable(text).map(Instant::parse);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
