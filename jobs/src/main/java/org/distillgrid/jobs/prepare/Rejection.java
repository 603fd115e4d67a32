package org.distillgrid.jobs.prepare;

import java.io.Serializable;

/** A row of the {@code rejected_inputs} table. */
record Rejection(String dataset, String path, String reason, long bytes) implements Serializable {}
