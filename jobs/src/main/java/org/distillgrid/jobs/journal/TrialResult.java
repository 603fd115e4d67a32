package org.distillgrid.jobs.journal;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.io.Serializable;
import java.util.function.Function;

/**
 * What an attempt at a trial left: everything that the tables say beside the trial's own axes. Its
 * {@code result.json} is one flat record, see {@link ResultFile}.
 */
@JsonSerialize(converter = ResultFile.Writing.class)
@JsonDeserialize(converter = ResultFile.Reading.class)
public sealed interface TrialResult extends Serializable permits FinishedResult, FailedResult {
  /** Returns what finished and failed attempts have in common. */
  Circumstances circumstances();

  /** Returns what one of two functions makes of it: that of finished or that of failed attempts. */
  <T> T either(Function<FinishedResult, T> finished, Function<FailedResult, T> failed);

  /** Returns the trial's id. */
  default String trialId() {
    return circumstances().trialId();
  }

  /** Returns the attempt's id. */
  default String attempt() {
    return circumstances().attempt();
  }

  /** Returns how many updates were made. */
  default long steps() {
    return circumstances().steps();
  }

  /**
   * What computed a result.
   *
   * @param distillGrid of distill-grid
   * @param engine of PyTorch
   * @param java of the Java runtime
   */
  record Versions(String distillGrid, String engine, String java) implements Serializable {}
}
