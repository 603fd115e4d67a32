package org.distillgrid.jobs.spec;

import java.io.Serializable;
import java.util.Optional;
import org.distillgrid.jobs.spec.binding.Inlined;
import org.distillgrid.jobs.spec.binding.Key;

/** How a network is trained that trials share, by itself on one device. */
public record SharedTraining(
    @Inlined TrainingSettings settings,
    @Key(
            help =
                "threads of this training; part of its identity, as it decides rounding;"
                    + " null: cluster.threads",
            standard = "null",
            least = 1,
            most = 1024)
        Optional<Integer> threads)
    implements Serializable {}
