package org.distillgrid.kd.nn.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.nn.RecordedTensor;

/** Enlarges N×C×H×W at the bottom and at the right, and cuts off what was added. */
public final class Padding {
  private static final int ROWS = 2;
  private static final int COLUMNS = 3;

  private Padding() {}

  /**
   * Returns the input with reflected rows and columns (the border itself not repeated) up to the
   * next multiples; where the input is too short to be reflected once, it is reflected again.
   */
  public static NDArray reflectTo(NDArray input, long multiple) {
    if (input instanceof RecordedTensor recorded) {
      return recorded.padded(multiple, RecordedTensor.Border.REFLECTION);
    }
    return reflected(reflected(input, ROWS, multiple), COLUMNS, multiple);
  }

  /** Returns the input with rows and columns of zeros up to the next multiples. */
  public static NDArray zeroTo(NDArray input, long multiple) {
    if (input instanceof RecordedTensor recorded) {
      return recorded.padded(multiple, RecordedTensor.Border.ZEROS);
    }
    return zero(zero(input, ROWS, multiple), COLUMNS, multiple);
  }

  /** Returns the first rows and columns. */
  public static NDArray crop(NDArray padded, long height, long width) {
    Shape shape = padded.getShape();
    if (shape.get(ROWS) == height && shape.get(COLUMNS) == width) {
      return padded;
    }
    return padded.get(new NDIndex(":,:,:{},:{}", height, width));
  }

  private static NDArray reflected(NDArray input, int axis, long multiple) {
    long length = input.getShape().get(axis);
    long missing = missing(length, multiple);
    if (missing == 0) {
      return input;
    }
    NDList parts = new NDList(input);
    for (long place = length; place < length + missing; ) {
      Run run = Run.at(place, length + missing, length);
      NDArray part = slice(input, axis, run.from(), run.to());
      if (run.backwards()) {
        part = part.flip(axis);
      }
      parts.add(part);
      place += run.to() - run.from();
    }
    return NDArrays.concat(parts, axis);
  }

  /** Places of the input that follow each other in its reflection. */
  private record Run(long from, long to, boolean backwards) {
    static Run at(long place, long end, long length) {
      long period = 2 * (length - 1);
      if (period == 0) {
        return new Run(0, 1, false);
      }
      long phase = place % period;
      if (phase >= length) {
        long to = period - phase + 1;
        return new Run(Math.max(1, to - (end - place)), to, true);
      }
      return new Run(phase, Math.min(length, phase + end - place), false);
    }
  }

  private static NDArray zero(NDArray input, int axis, long multiple) {
    long[] sizes = input.getShape().getShape().clone();
    long missing = missing(sizes[axis], multiple);
    if (missing == 0) {
      return input;
    }
    sizes[axis] = missing;
    NDArray zeros = input.getManager().zeros(new Shape(sizes), input.getDataType());
    return NDArrays.concat(new NDList(List.of(input, zeros)), axis);
  }

  private static long missing(long length, long multiple) {
    return Math.floorMod(-length, multiple);
  }

  private static NDArray slice(NDArray input, int axis, long from, long to) {
    List<String> axes = new ArrayList<>();
    for (int i = 0; i < axis; i++) {
      axes.add(":");
    }
    axes.add(from + ":" + to);
    return input.get(new NDIndex(String.join(",", axes)));
  }
}
