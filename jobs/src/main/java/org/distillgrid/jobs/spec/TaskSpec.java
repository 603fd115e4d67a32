package org.distillgrid.jobs.spec;

import java.io.Serializable;
import org.distillgrid.jobs.spec.binding.Key;
import org.distillgrid.jobs.spec.binding.Naming;

/** What is restored. */
public record TaskSpec(
    @Naming(Naming.Kind.TASK)
        @Key(
            help =
                "a name of `distill-grid list tasks`, with options, or a sum: `sr`, `pairs`, `denoise-s25`, `blur-g1.2+denoise-s5`",
            standard = "sr")
        String name,
    @Key(
            help = "target size over input size; 1 by default for a task that has this scale",
            standard = "2",
            least = 1,
            most = 16)
        int scale)
    implements Serializable {}
