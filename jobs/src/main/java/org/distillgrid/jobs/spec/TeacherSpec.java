package org.distillgrid.jobs.spec;

import java.util.Optional;

/** The network that students learn from. */
public record TeacherSpec(
    @Key(help = "the teacher's model, a name as in `distill-grid list students`") String model,
    @Key(
            help =
                "a checkpoint (.safetensors, .pth, .pt or .npz) to take instead of training the teacher;"
                    + " FILE#part names one network of several",
            standard = "null")
        Optional<String> weights,
    @Key(help = "the teacher's own training, when no weights are given", standard = "{}")
        SharedTraining train) {}
