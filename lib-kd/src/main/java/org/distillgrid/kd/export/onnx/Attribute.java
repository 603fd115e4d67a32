package org.distillgrid.kd.export.onnx;

import java.util.Arrays;
import java.util.List;

/** A fixed property of a node. */
public sealed interface Attribute {
  /** A whole number. */
  record Whole(long value) implements Attribute {}

  /** Whole numbers. */
  record Wholes(List<Long> values) implements Attribute {}

  /** A floating-point number. */
  record Real(float value) implements Attribute {}

  /** A word. */
  record Text(String value) implements Attribute {}

  /** Returns a whole number. */
  static Attribute of(long value) {
    return new Whole(value);
  }

  /** Returns whole numbers. */
  static Attribute of(long[] values) {
    return new Wholes(Arrays.stream(values).boxed().toList());
  }

  /** Returns a floating-point number. */
  static Attribute of(float value) {
    return new Real(value);
  }

  /** Returns a word. */
  static Attribute of(String value) {
    return new Text(value);
  }
}
