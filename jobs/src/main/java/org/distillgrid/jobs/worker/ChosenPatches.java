package org.distillgrid.jobs.worker;

import org.distillgrid.kd.train.patches.PatchSource;
import org.distillgrid.kd.train.recipe.Window;

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
    return all.pair(chosen(index));
  }

  @Override
  public Pair pair(int index, Window window) {
    return all.pair(chosen(index), window);
  }

  @Override
  public int image(int index) {
    return all.image(chosen(index));
  }

  private int chosen(int index) {
    return Math.toIntExact((long) index * all.size() / size());
  }
}
