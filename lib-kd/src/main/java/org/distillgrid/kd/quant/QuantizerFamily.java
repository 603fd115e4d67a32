package org.distillgrid.kd.quant;

import org.distillgrid.kd.nn.WeightedLayer;
import org.distillgrid.kd.registry.Named;

/** A way of quantising layers, at any bit-width; an extension point. */
public interface QuantizerFamily extends Named {
  /** What a quantiser asks of a trial. */
  enum Kind {
    /** Nothing is quantised. */
    FULL_PRECISION,
    /** Ranges are measured on calibration batches; nothing is trained, no distiller takes part. */
    POST_TRAINING,
    /** The network is trained with fake quantisation in place. */
    QUANTISATION_AWARE
  }

  /** Returns what it asks of a trial. */
  Kind kind();

  /**
   * Returns the quantiser of a layer's weight; asked for where weights have fewer than 32 bits.
   *
   * @param layer the layer, which knows the weight
   * @param bits 2 to 8
   * @param parameters where the quantiser keeps its scales
   */
  OperandQuantizer weight(WeightedLayer layer, int bits, QuantizerParameters parameters);

  /**
   * Returns the quantiser of a layer's input; asked for where activations have fewer than 32 bits.
   *
   * @param layer the layer, which knows what its input can be
   * @param bits 2 to 8
   * @param parameters where the quantiser keeps its scales
   */
  OperandQuantizer input(WeightedLayer layer, int bits, QuantizerParameters parameters);
}
