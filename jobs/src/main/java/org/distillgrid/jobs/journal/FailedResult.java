package org.distillgrid.jobs.journal;

import java.util.Objects;
import java.util.function.Function;
import org.distillgrid.jobs.folder.RunFolder;

/**
 * What an attempt left that ended without usable numbers.
 *
 * @param circumstances what finished attempts have too
 * @param error why, one line
 */
public record FailedResult(Circumstances circumstances, String error)
    implements TrialResult, Standing {
  public FailedResult {
    Objects.requireNonNull(circumstances, "circumstances");
    if (error.isEmpty()) {
      throw new IllegalArgumentException("A failed attempt has an error");
    }
  }

  @Override
  public String trialId() {
    return circumstances.trialId();
  }

  @Override
  public String attempt() {
    return circumstances.attempt();
  }

  @Override
  public TrialResult result(RunFolder run) {
    return this;
  }

  @Override
  public <T> T match(Function<FinishedTrial, T> finished, Function<FailedResult, T> failed) {
    return failed.apply(this);
  }

  @Override
  public <T> T either(Function<FinishedResult, T> finished, Function<FailedResult, T> failed) {
    return failed.apply(this);
  }
}
