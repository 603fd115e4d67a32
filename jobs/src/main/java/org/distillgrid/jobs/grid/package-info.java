/**
 * Trials gathered into cohorts, fanned out over a cluster, resumed, and brought home one by one.
 */
package org.distillgrid.jobs.grid;
