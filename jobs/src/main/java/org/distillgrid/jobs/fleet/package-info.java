/**
 * Cohorts fanned out over the slots of a cluster: orders, the tasks that train them, their
 * attempts, and how results come home.
 */
package org.distillgrid.jobs.fleet;
