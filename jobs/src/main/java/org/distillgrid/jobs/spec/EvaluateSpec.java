package org.distillgrid.jobs.spec;

import java.util.List;

/** The images that every trial is scored on. */
public record EvaluateSpec(
    @Key(help = "test sets, each scored and reported on its own") List<EvaluationSet> sets,
    @Key(
            help =
                "MiB that the network's tensors for one image may take; an image that would take"
                    + " more is restored in overlapping tiles",
            standard = "8192",
            least = 1,
            most = 1e9)
        long memory) {

  public EvaluateSpec {
    sets = List.copyOf(sets);
  }
}
