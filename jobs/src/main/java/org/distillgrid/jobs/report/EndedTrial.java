package org.distillgrid.jobs.report;

import java.io.Serializable;
import org.distillgrid.jobs.journal.Standing;
import org.distillgrid.jobs.table.TrialAxes;
import org.distillgrid.jobs.table.TuningPart;

/**
 * A trial whose result is going to be rows.
 *
 * @param tuning its part in the tuning of its cell; null where it has none
 */
record EndedTrial(TrialAxes axes, TuningPart tuning, Standing standing) implements Serializable {}
