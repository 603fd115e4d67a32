package org.distillgrid.jobs.spec;

/** What is done about a test image that cannot be used. */
public enum BadImage {
  /** Nothing is trained. */
  REFUSE,
  /** The others are scored. */
  SKIP
}
