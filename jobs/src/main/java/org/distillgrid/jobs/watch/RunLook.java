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

/** Looks at a run as often as it is asked to; what its spec says is read once. */
public final class RunLook {
  private final RunFolder run;
  private final String name;
  private final Optional<Integer> trials;

  private RunLook(RunFolder run, RunSpec spec) {
    this.run = run;
    this.name = spec.name();
    this.trials = trials(spec);
  }

  /**
   * Reads the spec of a run.
   *
   * @throws GridException if the folder is no run folder, or cannot be read
   */
  public static RunLook at(RunFolder run) {
    String yaml =
        run.files()
            .text(run.spec())
            .orElseThrow(
                () ->
                    GridException.of(
                        ErrorCode.INPUT,
                        "Cannot open %s: no run folder (it has no spec.yaml)",
                        run.location()));
    return new RunLook(run, SpecReader.effective(yaml, run.spec().toString()));
  }

  /**
   * Returns how the run stands now.
   *
   * @throws GridException if a file of it cannot be read
   */
  public RunStatus now() {
    Journal journal = Journal.open(run.files(), run.journal());
    JournalIndex.Content index =
        new JournalIndex(run).read(journal).orElse(JournalIndex.Content.NONE);
    JournalState ended = journal.replay(index);
    Optional<Event> last = journal.latest();
    Optional<RunLock.Holder> driver = RunLock.holder(run);
    Optional<ProgressFile.Content> progress = driver.flatMap(any -> ProgressFile.read(run));
    return new RunStatus(
        run,
        name,
        state(driver, last),
        driver,
        trials,
        counts(ended),
        lastError(ended),
        journal.latest(EventKind.RUN_STARTED).flatMap(RunLook::time),
        later(last.flatMap(RunLook::time), progress.flatMap(content -> time(content.at()))),
        progress);
  }

  private static RunState state(Optional<RunLock.Holder> driver, Optional<Event> last) {
    if (driver.isPresent()) {
      return RunState.RUNNING;
    }
    if (last.isEmpty()) {
      return RunState.NEW;
    }
    if (last.get().kind() == EventKind.RUN_FINISHED) {
      return RunState.FINISHED;
    }
    return RunState.STOPPED;
  }

  private static Optional<Integer> trials(RunSpec spec) {
    try {
      return Optional.of(GridExpansion.expand(spec, Catalog.load()).expected().size());
    } catch (GridException e) {
      return Optional.empty();
    }
  }

  private static RunStatus.Counts counts(JournalState trials) {
    int finished =
        (int)
            trials.trials().values().stream()
                .filter(JournalState.Finished.class::isInstance)
                .count();
    return new RunStatus.Counts(finished, trials.trials().size() - finished);
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
