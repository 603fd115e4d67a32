package org.distillgrid.jobs.plan;

import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.SpecReader;

/** Specs whose grid has been checked against what a catalog has. */
public final class CheckedSpecs {
  private CheckedSpecs() {}

  /** Returns a reader of specs that may name what the catalog has. */
  public static SpecReader reader(Catalog catalog) {
    return SpecReader.of(
        catalog, (spec, problems) -> new SpecChecks(catalog, problems).check(spec));
  }
}
