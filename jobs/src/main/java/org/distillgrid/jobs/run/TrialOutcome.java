package org.distillgrid.jobs.run;

import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.plan.Trial;

/**
 * A trial that has ended, in this run or an earlier one.
 *
 * @param trial which student at how many bits, taught by which method
 * @param result the result that counts
 */
public record TrialOutcome(Trial trial, TrialResult result) {}
