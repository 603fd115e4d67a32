/**
 * What all trials of a run share: the teacher and the encoder, taken from a checkpoint or trained.
 */
package org.distillgrid.jobs.shared;
