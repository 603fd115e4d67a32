package org.distillgrid.kd.quant;

import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.Initializer;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.random.Draws;

/**
 * Where the quantisers of one network keep their scales.
 *
 * @param learned scales that training moves
 * @param fixed scales that calibration sets once
 */
public record QuantizerParameters(ParameterSet learned, ParameterSet fixed) {
  private static final Draws NO_DRAWS = Draws.of("quantizer");

  /** Returns two empty sets. */
  public static QuantizerParameters empty() {
    return new QuantizerParameters(new ParameterSet(), new ParameterSet());
  }

  /** Adds a scale that training moves. */
  public Parameter learn(String name, Shape shape) {
    return learned.add(name, shape, Initializer.constant(1), NO_DRAWS);
  }

  /** Adds a scale that calibration sets once. */
  public Parameter fix(String name, Shape shape) {
    return fixed.add(name, shape, Initializer.constant(1), NO_DRAWS);
  }
}
