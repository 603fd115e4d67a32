package org.distillgrid.jobs.run;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.ExportResult;
import org.distillgrid.jobs.journal.ExportResults;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.plan.ContentKeys;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.worker.Attempts;
import org.distillgrid.jobs.worker.CohortMember;
import org.distillgrid.kd.train.TrialSetup;

/**
 * What versions left that had the teacher in the id of every trial. A trial that reads no teacher
 * has another id now and the same numbers: its result is written down once more under the id of
 * today, and its weights stay where they are.
 */
final class FormerResults {
  private final RunFolder run;
  private final ContentKeys keys;
  private final Set<String> attempted;
  private final List<ExportResult> exports;

  /**
   * Looks which trials were ever attempted.
   *
   * @param keys of which the teacher is known
   */
  FormerResults(RunFolder run, ContentKeys keys) {
    this.run = run;
    this.keys = keys;
    this.attempted =
        run.files().list(run.attempts()).stream()
            .map(FileStatus::getPath)
            .map(path -> path.getName())
            .collect(Collectors.toSet());
    this.exports = new ExportResults(run).all();
  }

  /**
   * Takes over what was left of a trial that reads no teacher, its exports too.
   *
   * @param now the trial with its id of today
   */
  Optional<FinishedResult> takeOver(Trial trial, CohortMember now) {
    if (attempted.isEmpty()) {
      return Optional.empty();
    }
    String former = trial.formerId(keys);
    if (!attempted.contains(former)) {
      return Optional.empty();
    }
    CohortMember before =
        new CohortMember(
            new TrialSetup(former, trial.cell()), run.attempts(former).relative(), now.steps());
    return new Attempts(run, before).finished().map(result -> take(result, former, now));
  }

  private FinishedResult take(FinishedResult result, String former, CohortMember now) {
    FinishedResult taken = result.under(result.circumstances().withoutTeacher(now.id()));
    exports.stream()
        .filter(export -> export.trialId().equals(former))
        .forEach(export -> new ExportResults(run).write(export.ofTrial(now.id())));
    now.attempt(run, taken.attempt()).writeResult(taken);
    return taken;
  }
}
