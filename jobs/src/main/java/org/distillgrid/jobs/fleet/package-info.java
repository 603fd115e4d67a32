/**
 * Orders handed to the slots of a cluster, and how what they leave comes home. {@code Submitter} is
 * the seam to Spark and {@code Watch} the one to the run folder: all else is tried on a cluster
 * that a test moves by hand.
 */
package org.distillgrid.jobs.fleet;
