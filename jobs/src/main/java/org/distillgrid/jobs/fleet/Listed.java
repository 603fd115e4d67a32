package org.distillgrid.jobs.fleet;

/**
 * A piece of work as the agenda lists it.
 *
 * @param item its id there
 * @param work how it is done
 * @param cost an estimate of what it takes of a slot, alone
 */
record Listed(String item, Work work, double cost) {}
