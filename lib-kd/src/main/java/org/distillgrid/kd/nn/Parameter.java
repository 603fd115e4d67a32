package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.function.Supplier;

/**
 * A named tensor of a network or of a quantiser: a view into the buffer of its {@link
 * ParameterSet}.
 */
public final class Parameter {
  /** How it gets its values. */
  public enum Kind {
    /** An optimiser moves it along its gradient. */
    LEARNED,
    /** Training observes it; it has no gradient. */
    STATISTIC
  }

  private final String name;
  private final Kind kind;
  private final Shape shape;
  private final Supplier<float[]> initial;
  private NDArray array;

  Parameter(String name, Kind kind, Shape shape, Supplier<float[]> initial) {
    this.name = name;
    this.kind = kind;
    this.shape = shape;
    this.initial = initial;
  }

  /** Returns its full name, in the spelling of the authors' checkpoints. */
  public String name() {
    return name;
  }

  /** Returns how it gets its values. */
  public Kind kind() {
    return kind;
  }

  /** Returns its sizes. */
  public Shape shape() {
    return shape;
  }

  /** Returns the tensor itself, for use as a second operand: results belong to the first. */
  public NDArray array() {
    if (array == null) {
      throw new IllegalStateException("Parameter set is not open: " + name);
    }
    return array;
  }

  /** Returns an alias that belongs to a step's manager, for use as a first operand. */
  public NDArray in(NDManager step) {
    NDArray alias = array().reshape(shape);
    alias.attach(step);
    return alias;
  }

  /** Overwrites its values; only while it is no leaf of the gradient tape. */
  public void assign(NDArray values) {
    array().set(new NDIndex("..."), values.reshape(shape));
  }

  int elements() {
    return Math.toIntExact(shape.size());
  }

  // Drawn when asked for: a network that is only looked at draws nothing.
  float[] initial() {
    return initial.get();
  }

  void bind(NDArray view) {
    this.array = view;
  }
}
