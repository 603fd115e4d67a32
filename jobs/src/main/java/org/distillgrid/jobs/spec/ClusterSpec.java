package org.distillgrid.jobs.spec;

import java.io.Serializable;
import java.util.Optional;
import org.distillgrid.jobs.spec.binding.Key;

/** How trials are laid over a cluster. */
public record ClusterSpec(
    @Key(
            help = "threads of one training; part of a trial's identity, as it decides rounding",
            standard = "1",
            least = 1,
            most = 1024)
        int threads,
    @Key(
            help =
                "most trials that share one teacher pass; 0: as many as leave each slot its share of the work",
            standard = "0",
            least = 0,
            most = 1024)
        int cohort,
    @Key(
            help = "seconds to wait for the first executor or device before giving up",
            standard = "120",
            least = 1,
            most = 86400)
        int startupDeadlineSeconds)
    implements Serializable {

  /** Returns how many threads a training takes that may have its own number of them. */
  public int threadsOr(Optional<Integer> own) {
    return own.orElse(threads);
  }
}
