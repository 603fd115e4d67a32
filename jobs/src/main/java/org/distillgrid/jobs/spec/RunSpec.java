package org.distillgrid.jobs.spec;

import java.util.Optional;

/** Everything that one run is told: the whole YAML file, defaults filled in, paths resolved. */
public record RunSpec(
    @Key(help = "the run's name: letters, digits, dots, dashes and underscores") String name,
    @Key(help = "images to learn from", standard = "{}") DataSpec data,
    @Key(help = "what is restored", standard = "{}") TaskSpec task,
    @Key(
            help = "the network that students learn from; without it only method none is possible",
            standard = "null")
        Optional<TeacherSpec> teacher,
    @Key(
            help = "in whose features some methods compare images; only made if the grid has one",
            standard = "{}")
        EncoderSpec encoder,
    @Key(help = "the axes whose product is the set of trials", standard = "{}") GridSpec grid,
    @Key(help = "how each trial is trained", standard = "{}") TrainSpec train,
    @Key(help = "images that every trial is scored on", standard = "{}") EvaluateSpec evaluate,
    @Key(help = "how trials are laid over a cluster", standard = "{}") ClusterSpec cluster,
    @Key(help = "where results go", standard = "{}") OutputSpec output) {}
