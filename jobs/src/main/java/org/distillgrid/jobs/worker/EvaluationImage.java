package org.distillgrid.jobs.worker;

import java.io.Serializable;

/**
 * A ground-truth image on which trials are scored.
 *
 * @param dataset the name of its evaluation set
 * @param image its path below the set's folder
 * @param location the file, fully qualified
 */
public record EvaluationImage(String dataset, String image, String location)
    implements Serializable {}
