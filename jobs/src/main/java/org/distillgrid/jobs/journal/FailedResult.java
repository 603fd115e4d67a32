package org.distillgrid.jobs.journal;

import java.util.Objects;
import java.util.function.Function;

/**
 * What an attempt left that ended without usable numbers.
 *
 * @param circumstances what finished attempts have too
 * @param error why, one line
 */
public record FailedResult(Circumstances circumstances, String error) implements TrialResult {
  public FailedResult {
    Objects.requireNonNull(circumstances, "circumstances");
    if (error.isEmpty()) {
      throw new IllegalArgumentException("A failed attempt has an error");
    }
  }

  @Override
  public <T> T either(Function<FinishedResult, T> finished, Function<FailedResult, T> failed) {
    return failed.apply(this);
  }
}
