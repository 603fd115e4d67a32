package org.distillgrid.jobs.worker;

import org.distillgrid.kd.train.PatchSource;

/**
 * A few patches of a larger source, evenly spread over it.
 *
 * @param all the source
 * @param most how many at most
 */
record ChosenPatches(PatchSource all, int most) implements PatchSource {
  @Override
  public int size() {
    return Math.min(most, all.size());
  }

  @Override
  public Pair pair(int index) {
    return all.pair(Math.toIntExact((long) index * all.size() / size()));
  }
}
