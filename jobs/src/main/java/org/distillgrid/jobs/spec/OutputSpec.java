package org.distillgrid.jobs.spec;

import java.io.Serializable;
import org.distillgrid.jobs.spec.binding.Key;

/** Where results go. */
public record OutputSpec(
    @Key(help = "the run's folder, on this machine or at a Hadoop URI", standard = "runs/<name>")
        String path)
    implements Serializable {}
