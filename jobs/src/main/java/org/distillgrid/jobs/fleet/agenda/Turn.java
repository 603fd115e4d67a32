package org.distillgrid.jobs.fleet.agenda;

/** When an item whose needs are met is handed out. */
public enum Turn {
  /** At once, and it takes no slot. */
  BESIDE,
  /** To the first slot that gets free, however short it is. */
  FIRST,
  /** In its place among the others: the longest chain of work goes first. */
  LONGEST_FIRST
}
