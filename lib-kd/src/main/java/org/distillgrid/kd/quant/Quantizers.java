package org.distillgrid.kd.quant;

import org.distillgrid.kd.registry.Registry;

/** The quantisers that a spec can name. */
public final class Quantizers {
  private Quantizers() {}

  /** Returns every registered quantiser. */
  public static Registry<QuantizerFamily> registry() {
    return Registry.load("quantizer", QuantizerFamily.class);
  }
}
