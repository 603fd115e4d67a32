package org.distillgrid.kd.export.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.index.dim.NDIndexAll;
import ai.djl.ndarray.index.dim.NDIndexElement;
import ai.djl.ndarray.index.dim.NDIndexSlice;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.distillgrid.kd.export.onnx.Attribute;

/** Operations that move elements. */
final class ShapeRules {
  private ShapeRules() {}

  static void addTo(Rules rules) {
    for (String operation : new String[] {"reshape", "flatten", "squeeze", "expandDims"}) {
      rules.add(operation, ShapeRules::reshape);
    }
    rules.add("transpose", ShapeRules::transpose);
    rules.add("swapAxes", ShapeRules::swapAxes);
    rules.add("flip", ShapeRules::flip);
    rules.add("get", ShapeRules::get);
    rules.add("concat", ShapeRules::concat);
    rules.add("split", ShapeRules::split);
  }

  private static List<Operand> reshape(Call call) {
    if (call.resultShape().equals(call.shape())) {
      return List.of(call.operand(0));
    }
    return PixelBlocks.recognise(call)
        .orElseGet(
            () ->
                call.step(
                    "Reshape", call.operand(0), Operand.Lengths.of(call.resultShape().getShape())));
  }

  private static List<Operand> transpose(Call call) {
    int rank = call.shape().dimension();
    long[] order = new long[rank];
    if (call.count() == 0) {
      for (int i = 0; i < rank; i++) {
        order[i] = rank - 1L - i;
      }
    } else {
      order = call.axes(1);
    }
    return permuted(call, order);
  }

  private static List<Operand> swapAxes(Call call) {
    long[] order = new long[call.shape().dimension()];
    Arrays.setAll(order, i -> i);
    int first = Math.toIntExact(call.axisAt(1));
    int second = Math.toIntExact(call.axisAt(2));
    order[first] = second;
    order[second] = first;
    return permuted(call, order);
  }

  private static List<Operand> permuted(Call call, long[] order) {
    return call.step("Transpose", Call.attributes("perm", Attribute.of(order)), call.operand(0));
  }

  private static List<Operand> flip(Call call) {
    long[] axes = call.axes(1);
    long[] starts = new long[axes.length];
    Arrays.fill(starts, -1);
    long[] ends = new long[axes.length];
    Arrays.fill(ends, Long.MIN_VALUE);
    return slice(call, starts, ends, axes, starts);
  }

  private static List<Operand> get(Call call) {
    NDIndex index = index(call);
    if (index.getEllipsisIndex() >= 0) {
      throw call.unsupported();
    }
    List<long[]> bounds = new ArrayList<>();
    int axis = 0;
    for (NDIndexElement element : index.getIndices()) {
      if (element instanceof NDIndexSlice cut) {
        bounds.add(bounds(cut, axis));
      } else if (!(element instanceof NDIndexAll)) {
        throw call.unsupported();
      }
      axis++;
    }
    if (bounds.isEmpty()) {
      return List.of(call.operand(0));
    }
    return slice(call, column(bounds, 0), column(bounds, 1), column(bounds, 2), column(bounds, 3));
  }

  // get(index), get(manager, index) or get(text, numbers).
  private static NDIndex index(Call call) {
    Object last = call.argument(call.count());
    if (last instanceof NDIndex index) {
      return index;
    }
    if (call.count() == 2
        && call.argument(1) instanceof String text
        && last instanceof Object[] numbers) {
      return new NDIndex(text, numbers);
    }
    throw call.unsupported();
  }

  private static long[] bounds(NDIndexSlice cut, int axis) {
    return new long[] {
      or(cut.getMin(), 0), or(cut.getMax(), Long.MAX_VALUE), axis, or(cut.getStep(), 1)
    };
  }

  private static long or(Long value, long otherwise) {
    if (value == null) {
      return otherwise;
    }
    return value;
  }

  private static long[] column(List<long[]> rows, int column) {
    return rows.stream().mapToLong(row -> row[column]).toArray();
  }

  private static List<Operand> slice(
      Call call, long[] starts, long[] ends, long[] axes, long[] steps) {
    return call.step(
        "Slice",
        call.operand(0),
        Operand.Lengths.of(starts),
        Operand.Lengths.of(ends),
        Operand.Lengths.of(axes),
        Operand.Lengths.of(steps));
  }

  // concat(others, axis) of NDArrayEx, or concat(other, axis) of an array.
  private static List<Operand> concat(Call call) {
    List<NDArray> arrays = new ArrayList<>();
    arrays.add(call.array(0));
    if (call.argument(1) instanceof NDList others) {
      arrays.addAll(others);
    } else {
      arrays.add(call.array(1));
    }
    long axis = 0;
    if (call.count() > 1) {
      axis = call.axisAt(2);
    }
    Operand[] operands = arrays.stream().map(call.recorder()::operand).toArray(Operand[]::new);
    return call.step("Concat", Call.attributes("axis", Attribute.of(axis)), operands);
  }

  private static List<Operand> split(Call call) {
    long axis = 0;
    if (call.count() > 1) {
      axis = call.axisAt(2);
    }
    int along = Math.toIntExact(axis);
    List<Shape> shapes = call.results().stream().map(NDArray::getShape).toList();
    long[] lengths = shapes.stream().mapToLong(shape -> shape.get(along)).toArray();
    return call.recorder()
        .add(
            "Split",
            shapes,
            List.of(call.operand(0), Operand.Lengths.of(lengths)),
            Call.attributes("axis", Attribute.of(axis)));
  }
}
