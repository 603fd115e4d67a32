package org.distillgrid.jobs.spec;

import java.util.List;
import org.distillgrid.jobs.spec.binding.Key;

/** How the values of a tuned method's options are chosen. */
public record TuneSpec(
    @Key(
            help =
                "seeds of the grid at which the candidates of a method with lists are compared;"
                    + " empty: the first seed",
            standard = "[]",
            least = 0)
        List<Long> seeds) {

  public TuneSpec {
    seeds = List.copyOf(seeds);
  }
}
