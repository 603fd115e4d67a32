/**
 * What all trials of a run share: its teacher, its encoder, and how the references score. Both
 * networks are one thing with two recipes.
 */
package org.distillgrid.jobs.shared;
