package org.distillgrid.jobs.page;

/** A line of a list: what something is, and what it is called. */
record Entry(String label, String text) {}
