package org.distillgrid.jobs.input;

/** Two files that show one picture, as it should be and as networks are shown it. */
public record FoundPair(FoundFile target, FoundFile input) {}
