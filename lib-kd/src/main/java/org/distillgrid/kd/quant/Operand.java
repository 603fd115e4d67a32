package org.distillgrid.kd.quant;

import ai.djl.ndarray.types.Shape;
import java.util.Objects;
import org.distillgrid.kd.nn.InputRange;

/**
 * One operand of a multiplication, as its quantiser knows it.
 *
 * @param name the layer's name and what the operand is of it, for instance {@code
 *     body.0.conv1.weight}
 * @param scaleShape the shape of its scales, which broadcasts against it: one number per output
 *     channel, or one in all
 * @param inputRange what its values can be
 * @param bits 2 to 8
 * @param symmetry whether zero lies in the middle of its range
 */
public record Operand(
    String name, Shape scaleShape, InputRange inputRange, int bits, Symmetry symmetry) {
  /** How a range lies around zero, for quantisers that leave the choice. */
  public enum Symmetry {
    /** Lowest and highest value apart, with a zero point. */
    AFFINE,
    /** The highest absolute value both ways, or upwards only where no value is negative. */
    SYMMETRIC
  }

  /** Checks that everything is there. */
  public Operand {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(scaleShape, "scaleShape");
    Objects.requireNonNull(inputRange, "inputRange");
    Objects.requireNonNull(symmetry, "symmetry");
  }
}
