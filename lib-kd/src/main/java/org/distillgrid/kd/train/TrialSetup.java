package org.distillgrid.kd.train;

import java.io.Serializable;

/**
 * One trial of a cohort.
 *
 * @param id the trial's id, a hash of everything that decides its numbers
 * @param cell what sets it apart from its companions
 */
public record TrialSetup(String id, Cell cell) implements Serializable {}
