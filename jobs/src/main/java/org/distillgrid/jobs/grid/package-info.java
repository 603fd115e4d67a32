/** The grid of a run: what is missing is trained, what is there is taken over. */
package org.distillgrid.jobs.grid;
