package org.distillgrid.jobs.spec;

import org.distillgrid.jobs.spec.binding.Problems;

/** Finds what a single key cannot tell: names, and keys that must go together. */
@FunctionalInterface
public interface SpecCheck {
  /** Adds what is wrong with a spec to the problems. */
  void check(RunSpec spec, Problems problems);
}
