package org.distillgrid.jobs.input;

import java.util.List;

/**
 * What both sides of a source of pairs have led to.
 *
 * @param pairs in the order of their targets
 * @param misfits what is no file, and files without a partner, or with two
 */
public record FoundPairs(List<FoundPair> pairs, List<Misfit> misfits) {
  /** Takes unmodifiable copies of the lists. */
  public FoundPairs {
    pairs = List.copyOf(pairs);
    misfits = List.copyOf(misfits);
  }
}
