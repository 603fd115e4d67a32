package org.distillgrid.jobs.report;

import java.util.OptionalDouble;
import org.distillgrid.jobs.plan.TunedCell;

/**
 * How a candidate fares at the seeds at which it is compared.
 *
 * @param tried the candidate
 * @param finished seeds at which it has finished
 * @param failed seeds at which it has failed
 * @param mean over the seeds that have finished, of the PSNR of the last validation, decibels;
 *     empty where there is none
 */
public record CandidateScore(
    TunedCell.Tried tried, int finished, int failed, OptionalDouble mean) {}
