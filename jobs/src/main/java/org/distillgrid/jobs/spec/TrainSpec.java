package org.distillgrid.jobs.spec;

import java.io.Serializable;
import org.distillgrid.jobs.spec.binding.Defaults;
import org.distillgrid.jobs.spec.binding.Inlined;
import org.distillgrid.jobs.spec.binding.Key;

/** How each trial is trained, from the full-precision student of its seed on. */
public record TrainSpec(
    @Key(
            help =
                "training of the full-precision student that all trials of one student and seed"
                    + " start from",
            standard = "{}")
        SharedTraining pretrain,
    @Inlined @Defaults({"steps: 5000", "learningRate: 1e-4"}) TrainingSettings settings,
    @Key(
            help = "batches on which quantisers set their first ranges",
            standard = "4",
            least = 1,
            most = 10000)
        int calibrationBatches,
    @Key(
            help = "most patches that a validation during training uses",
            standard = "16",
            least = 1,
            most = 100000)
        int validatePatches)
    implements Serializable {}
