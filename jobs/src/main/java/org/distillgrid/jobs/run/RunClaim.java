package org.distillgrid.jobs.run;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.plan.SpecDifference;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.SpecReader;
import org.distillgrid.jobs.spec.SpecWriter;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * One driver's right to write to a run folder: the folder is new or belongs to the same spec, whose
 * grid may have grown, and no other driver is at work on it. The right ends when it is closed.
 */
final class RunClaim implements AutoCloseable {
  private final RunLock lock;
  private final RunSpec spec;

  private RunClaim(RunLock lock, RunSpec spec) {
    this.lock = lock;
    this.spec = spec;
  }

  /**
   * Claims a folder and leaves the spec in it.
   *
   * @param messages takes a line where the run goes on otherwise than the spec says
   * @throws GridException if the folder belongs to another spec, holds something else, is in use,
   *     or cannot be written; nothing is changed then
   */
  static RunClaim take(RunFolder run, RunSpec spec, Consumer<String> messages) {
    RunFiles files = run.files();
    check(run, spec);
    RunLock lock = RunLock.take(run);
    try {
      check(run, spec);
      RunSpec begun = asBegun(run, spec, messages);
      files.replace(run.spec(), SpecWriter.yaml(begun));
      return new RunClaim(lock, begun);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Returns what the run is told from now on. */
  RunSpec spec() {
    return spec;
  }

  @Override
  public void close() {
    lock.close();
  }

  // Trials that were taught by the teacher itself shall not be trained again.
  private static RunSpec asBegun(RunFolder run, RunSpec spec, Consumer<String> messages) {
    boolean batch =
        run.files()
            .text(run.spec())
            .map(text -> SpecReader.effective(text, run.spec().toString()))
            .filter(earlier -> earlier.teacher().isPresent() && !earlier.predictsOnce())
            .isPresent();
    if (!batch || !spec.predictsOnce()) {
      return spec;
    }
    messages.accept(
        "Going on with teacher.predict: batch, as this run began; name another output.path for"
            + " once");
    return spec.withTeacherAtEveryBatch();
  }

  private static void check(RunFolder run, RunSpec spec) {
    Optional<String> text = run.files().text(run.spec());
    if (text.isEmpty()) {
      requireEmpty(run);
      return;
    }
    RunSpec earlier = SpecReader.effective(text.get(), run.spec().toString());
    List<String> differences = SpecDifference.between(earlier, spec, Catalog.load());
    if (!differences.isEmpty()) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot resume: spec differs (%s); name another output.path for another grid than that"
              + " of %s",
          String.join("; ", differences),
          run.location());
    }
  }

  private static void requireEmpty(RunFolder run) {
    Optional<String> other =
        run.files().list(run.root()).stream()
            .map(status -> status.getPath().getName())
            .filter(name -> !RunLock.isLock(run, name))
            .findFirst();
    if (other.isPresent()) {
      throw GridException.of(
          ErrorCode.OUTPUT,
          "Cannot run in %s: it is no run folder, yet it holds %s; name an empty or a new folder",
          run.location(),
          other.get());
    }
  }
}
