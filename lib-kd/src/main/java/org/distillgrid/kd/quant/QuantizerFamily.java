package org.distillgrid.kd.quant;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.distillgrid.kd.registry.Named;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/**
 * A way of quantising operands, at any bit-width; an extension point. A jar adds one by a file in
 * {@code META-INF/services} that names its class.
 */
public interface QuantizerFamily extends Named {
  /** What a quantiser asks of a trial. */
  enum Kind {
    /** Nothing is quantised. */
    FULL_PRECISION,
    /** Ranges are measured on calibration batches; nothing is trained, no distiller takes part. */
    POST_TRAINING,
    /** The network is trained with fake quantisation in place. */
    QUANTIZATION_AWARE
  }

  /** Whether a name may ask for symmetric ranges instead of affine ones. */
  enum Ranges {
    /** The rule itself says how ranges lie. */
    OF_THE_RULE,
    /** Affine unless the name says {@code symmetric}. */
    SELECTABLE
  }

  /** Returns what it asks of a trial. */
  Kind kind();

  /** Returns whether ranges can be chosen. */
  default Ranges ranges() {
    return Ranges.OF_THE_RULE;
  }

  /**
   * Goes on after calibration, in a quantiser that tunes itself; others leave all as it is.
   *
   * @param network calibrated, its quantisers in place
   * @param values its constants
   * @param batches inputs in [0, 1], N×C×h×w, those of the calibration
   * @param manager owns what the tuning needs meanwhile
   */
  default void tune(
      QuantizedNetwork network, OptionValues values, List<NDArray> batches, NDManager manager) {}

  /** Returns the constants that a name can set. */
  default List<ValueOption> options() {
    return List.of();
  }

  /**
   * Returns the learning rate of what it learns, over that of the weights.
   *
   * @param values its constants
   */
  default double rateFactor(OptionValues values) {
    return 1;
  }

  /**
   * Returns the share of a training's steps, 0 to 1, in which ranges that follow what passes do so;
   * afterwards they stay.
   *
   * @param values its constants
   */
  default double followedShare(OptionValues values) {
    return 1;
  }

  /**
   * Returns the quantiser of a weight; asked for where weights have fewer than 32 bits.
   *
   * @param values its constants
   * @param parameters where the quantiser keeps its scales
   */
  OperandQuantizer weight(Operand operand, OptionValues values, QuantizerParameters parameters);

  /**
   * Returns the quantiser of an activation; asked for where activations have fewer than 32 bits.
   *
   * @param values its constants
   * @param parameters where the quantiser keeps its scales
   */
  OperandQuantizer activation(Operand operand, OptionValues values, QuantizerParameters parameters);
}
