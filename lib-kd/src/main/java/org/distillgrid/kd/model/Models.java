package org.distillgrid.kd.model;

import org.distillgrid.kd.registry.Registry;

/** The architectures that are known here. */
public final class Models {
  private Models() {}

  /** Returns every family on the class path, those of a user's jars included. */
  public static Registry<ModelFamily> registry() {
    return Registry.load("model", ModelFamily.class);
  }
}
