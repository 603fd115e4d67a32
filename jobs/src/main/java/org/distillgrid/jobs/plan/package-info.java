/** The trials of a spec: what the grid amounts to, each trial's id, and what is wrong with it. */
package org.distillgrid.jobs.plan;
