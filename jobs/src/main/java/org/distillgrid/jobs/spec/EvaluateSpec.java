package org.distillgrid.jobs.spec;

import java.util.List;
import java.util.Optional;
import org.distillgrid.jobs.spec.binding.Key;

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
        long memory,
    @Key(
            help =
                "what is done about a test image that cannot be read or is too small to be scored,"
                    + " before anything is trained: refuse stops and names every such file, skip"
                    + " leaves them out with a row in rejected_inputs",
            standard = "refuse")
        BadImage onBadImage,
    @Key(
            help = "the network in whose features LPIPS compares images; null: no LPIPS",
            standard = "null")
        Optional<LpipsSpec> lpips) {

  public EvaluateSpec {
    sets = List.copyOf(sets);
  }
}
