package org.distillgrid.jobs.spec;

import java.io.Serializable;

/** What is restored. */
public record TaskSpec(
    @Key(help = "a name of `distill-grid list tasks`", standard = "sr") String name,
    @Key(help = "target size over input size", standard = "2", least = 1, most = 16) int scale)
    implements Serializable {}
