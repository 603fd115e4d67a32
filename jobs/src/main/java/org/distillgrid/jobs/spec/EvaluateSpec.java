package org.distillgrid.jobs.spec;

import java.util.List;

/** The images that every trial is scored on. */
public record EvaluateSpec(
    @Key(help = "test sets, each scored and reported on its own") List<EvaluationSet> sets) {

  /** Takes an unmodifiable copy of the sets. */
  public EvaluateSpec {
    sets = List.copyOf(sets);
  }
}
