package org.distillgrid.jobs.spec;

import java.io.Serializable;
import org.distillgrid.jobs.spec.binding.Key;

/** One test set. */
public record EvaluationSet(
    @Key(help = "the set's name in the tables") String name,
    @Key(help = "its ground-truth images: a folder, a file or a glob") String path)
    implements Serializable {}
