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
 * @param observed what calibration sets first and training goes on to observe
 */
public record QuantizerParameters(ParameterSet learned, ParameterSet fixed, ParameterSet observed) {
  private static final Draws NO_DRAWS = Draws.of("quantizer");

  /** Returns empty sets. */
  public static QuantizerParameters empty() {
    return new QuantizerParameters(new ParameterSet(), new ParameterSet(), new ParameterSet());
  }

  /** Adds a scale that training moves. */
  public Parameter learn(String name, Shape shape) {
    return learned.add(name, shape, Initializer.constant(1), NO_DRAWS);
  }

  /** Adds a scale that calibration sets once. */
  public Parameter fix(String name, Shape shape) {
    return fixed.add(name, shape, Initializer.constant(1), NO_DRAWS);
  }

  /** Adds what calibration sets first and training goes on to observe, by no gradient. */
  public Parameter observe(String name, Shape shape) {
    return observed.add(name, shape, Initializer.constant(1), NO_DRAWS);
  }
}
