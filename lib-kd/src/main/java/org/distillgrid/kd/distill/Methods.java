package org.distillgrid.kd.distill;

import org.distillgrid.kd.registry.Registry;

/** The methods that a spec can name. */
public final class Methods {
  private Methods() {}

  /** Returns every registered method. */
  public static Registry<Method> registry() {
    return Registry.load("method", Method.class);
  }
}
