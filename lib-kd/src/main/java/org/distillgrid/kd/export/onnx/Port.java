package org.distillgrid.kd.export.onnx;

import java.util.List;

/**
 * An input or output of a graph.
 *
 * @param name its value's name
 * @param type of its elements
 * @param axes its sizes
 */
public record Port(String name, ElementType type, List<Axis> axes) {
  public Port {
    axes = List.copyOf(axes);
  }

  /** One size of a tensor. */
  public sealed interface Axis {
    /** A known size. */
    record Fixed(long length) implements Axis {}

    /** A size that is known when the model runs; axes of one name are equally long. */
    record Free(String name) implements Axis {}
  }
}
