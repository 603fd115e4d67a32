package org.distillgrid.jobs.spec;

import java.io.Serializable;

/** How trials are laid over a cluster. */
public record ClusterSpec(
    @Key(
            help = "threads of one training; part of a trial's identity, as it decides rounding",
            standard = "1",
            least = 1,
            most = 1024)
        int threads,
    @Key(
            help = "most trials that share one teacher pass; 0: fill the free slots, then share",
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
    implements Serializable {}
