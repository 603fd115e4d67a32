package org.distillgrid.jobs.plan;

import org.distillgrid.kd.distill.MethodSum;

/**
 * A method with one choice of the values that its lists leave.
 *
 * @param method the method with these values
 * @param options the values of its lists, {@code weight=0.04}; in a sum {@code fakd.weight=0.04}
 * @param atEdge whether one of them is the least or the greatest of a list of numbers
 */
public record Candidate(MethodSum method, String options, boolean atEdge) {}
