package org.distillgrid.kd.export.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.export.onnx.Attribute;

/**
 * One call of an array's operation.
 *
 * @param recorder where its steps go
 * @param operation the method's name
 * @param arguments the array that it was called on, then the method's arguments
 * @param results real arrays
 */
record Call(Recorder recorder, String operation, List<Object> arguments, List<NDArray> results) {
  /** Takes no copy of the arguments: they may be null. */
  Call {}

  /** Returns how many arguments follow the array. */
  int count() {
    return arguments.size() - 1;
  }

  Object argument(int place) {
    return arguments.get(place);
  }

  NDArray array(int place) {
    return (NDArray) arguments.get(place);
  }

  /** Returns an array or a number as an operand; one that is left out as absent. */
  Operand operand(int place) {
    Object argument = arguments.get(place);
    if (argument == null) {
      return new Operand.Absent();
    }
    if (argument instanceof Number number) {
      return new Operand.Scalar(number.floatValue());
    }
    if (argument instanceof NDArray array) {
      return recorder.operand(array);
    }
    throw unsupported();
  }

  /** Returns the shape of the array that it was called on. */
  Shape shape() {
    return array(0).getShape();
  }

  /** Returns the result's shape. */
  Shape resultShape() {
    return results.get(0).getShape();
  }

  /** Returns places of axes counted from the first. */
  long[] axes(int place) {
    Object argument = arguments.get(place);
    if (argument instanceof int[] several) {
      long[] axes = new long[several.length];
      for (int i = 0; i < axes.length; i++) {
        axes[i] = axis(several[i]);
      }
      return axes;
    }
    if (argument instanceof Number one) {
      return new long[] {axis(one.intValue())};
    }
    throw unsupported();
  }

  long axis(int axis) {
    return Math.floorMod(axis, shape().dimension());
  }

  long axisAt(int place) {
    return axis(((Number) arguments.get(place)).intValue());
  }

  /** Records one step that makes the result. */
  List<Operand> step(String operator, Operand... operands) {
    return step(operator, new TreeMap<>(), operands);
  }

  /** Records one step that makes the result. */
  List<Operand> step(
      String operator, SortedMap<String, Attribute> attributes, Operand... operands) {
    return List.of(recorder.add(operator, resultShape(), List.of(operands), attributes));
  }

  /** Returns what refuses a form of the operation that no rule has. */
  GridException unsupported() {
    List<String> kinds = new ArrayList<>();
    for (Object argument : arguments) {
      if (argument == null) {
        kinds.add("nothing");
      } else {
        kinds.add(argument instanceof NDArray ? "array" : argument.getClass().getSimpleName());
      }
    }
    return GridException.of(
        ErrorCode.USAGE,
        "Cannot export the network: its operation %s(%s) has no form in ONNX here",
        operation,
        String.join(", ", kinds));
  }

  static SortedMap<String, Attribute> attributes(String name, Attribute value) {
    SortedMap<String, Attribute> attributes = new TreeMap<>();
    attributes.put(name, value);
    return attributes;
  }
}
