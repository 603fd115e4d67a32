package org.distillgrid.kd.distill;

import org.distillgrid.kd.registry.Registry;

/** The methods that a spec can name. */
public final class Distillers {
  private Distillers() {}

  /** Returns every registered method. */
  public static Registry<DistillerFamily> registry() {
    return Registry.load("method", DistillerFamily.class);
  }
}
