package org.distillgrid.jobs.report;

import java.io.Serializable;
import org.distillgrid.jobs.journal.Standing;
import org.distillgrid.jobs.table.TrialAxes;

/** A trial whose result is going to be rows. */
record EndedTrial(TrialAxes axes, Standing standing) implements Serializable {}
