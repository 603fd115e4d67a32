package org.distillgrid.jobs.spec;

import org.distillgrid.jobs.spec.binding.Inlined;
import org.distillgrid.jobs.spec.binding.Key;

/**
 * One test set.
 *
 * @param images its images, whose keys stand beside its name
 */
public record EvaluationSet(
    @Key(help = "the set's name in the tables") String name, @Inlined ImageSource images) {
  /** Makes a set of ground truths. */
  public EvaluationSet(String name, String path) {
    this(name, ImageSource.at(path));
  }
}
