package org.distillgrid.kd.export.trace;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.distillgrid.kd.export.onnx.Tensor;

/** What a step reads. */
public sealed interface Operand {
  /** The network's input. */
  record Input() implements Operand {}

  /**
   * What an earlier step made.
   *
   * @param step its place in the list
   * @param output which of its outputs
   */
  record Result(int step, int output) implements Operand {}

  /** Floating-point numbers that depend on nothing. */
  final class Constant implements Operand {
    private final String name;
    private final long[] dims;
    private final Supplier<float[]> source;
    private float[] values;

    /**
     * Makes a constant.
     *
     * @param name a parameter's, or empty
     * @param source asked once, when the values are needed
     */
    Constant(String name, long[] dims, Supplier<float[]> source) {
      this.name = name;
      this.dims = dims.clone();
      this.source = source;
    }

    /** Returns a parameter's name, or nothing. */
    public String name() {
      return name;
    }

    /** Returns its sizes. */
    public long[] dims() {
      return dims.clone();
    }

    /** Returns its values in order. */
    public float[] values() {
      if (values == null) {
        values = source.get();
      }
      return values;
    }

    boolean isSame(Constant other) {
      return this == other
          || (name.equals(other.name)
              && Arrays.equals(dims, other.dims)
              && Arrays.equals(values(), other.values()));
    }
  }

  /** A constant as it stands in the file, integers of a quantised weight for instance. */
  record Stored(Tensor tensor) implements Operand {}

  /** One number. */
  record Scalar(float value) implements Operand {}

  /** Lengths or places along axes. */
  record Lengths(List<Long> values) implements Operand {
    static Lengths of(long... values) {
      return new Lengths(Arrays.stream(values).boxed().toList());
    }
  }

  /** One number that goes with the input's pixels: {@code factor·(H·W)^power}. */
  record ScalarLaw(float factor, float power) implements Operand {}

  /** Lengths or places that go with the input's size. */
  record LengthLaws(List<LengthLaw> laws) implements Operand {}

  /** An optional input that is left out. */
  record Absent() implements Operand {}
}
