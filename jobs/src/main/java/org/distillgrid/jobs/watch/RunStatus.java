package org.distillgrid.jobs.watch;

import java.time.Instant;
import java.util.Optional;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.run.ProgressFile;
import org.distillgrid.jobs.run.RunLock;

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
}
