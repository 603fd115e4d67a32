package org.distillgrid.kd.export.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.export.onnx.Attribute;
import org.distillgrid.kd.nn.HostValues;

/**
 * Writes down what is computed from the network's input. Arrays that it hands out really compute,
 * so that their shapes are real; what does not depend on the input stays a constant and leaves no
 * step.
 */
public final class Recorder {
  private final List<Step> steps = new ArrayList<>();
  private final Map<Operand, StoredWeight> weights = new HashMap<>();
  private String label = "";
  private long multiple = 1;

  /** Returns a manager whose arrays are known to this recorder; the network is built in it. */
  public NDManager manager(NDManager real) {
    return ManagerHandler.proxy(real, this);
  }

  /**
   * Names an array that was made in a manager of this recorder; a constant goes into the file under
   * its name.
   */
  public void name(NDArray constant, String name) {
    ArrayHandler handler = ArrayHandler.of(constant);
    NDArray real = handler.real();
    handler.be(new Operand.Constant(name, real.getShape().getShape(), () -> HostValues.of(real)));
  }

  /**
   * Returns the network's input, of zeros; what was recorded before is forgotten.
   *
   * @param manager of this recorder
   */
  public NDArray start(Shape shape, NDManager manager) {
    steps.clear();
    weights.clear();
    NDArray input = manager.zeros(shape);
    ArrayHandler.of(input).be(new Operand.Input());
    return input;
  }

  /** Says to which layer the next convolution or product belongs. */
  public void label(String layer) {
    label = layer;
  }

  /** Returns the greatest multiple to which the network has enlarged its input. */
  public long multiple() {
    return multiple;
  }

  void enlargesTo(long newMultiple) {
    multiple = Math.max(multiple, newMultiple);
  }

  /** Returns what was recorded from an input to an output. */
  public Trace trace(Shape input, NDArray output) {
    if (ArrayHandler.of(output).operand() instanceof Operand.Result result) {
      return new Trace(input, steps, result);
    }
    throw new IllegalStateException("The output does not depend on the input");
  }

  /** Returns the operand that stands for an array. */
  Operand operand(NDArray array) {
    ArrayHandler handler = ArrayHandler.of(array);
    if (handler.operand() != null) {
      return handler.operand();
    }
    NDArray real = handler.real();
    if (real.getDataType() != DataType.FLOAT32) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot export the network: a constant has type %s, not FLOAT32",
          real.getDataType());
    }
    // Its manager may be closed before the values are asked for.
    float[] values = HostValues.of(real);
    if (values.length == 1 && real.getShape().dimension() <= 1) {
      // One number, whichever way it was written.
      return new Operand.Scalar(values[0]);
    }
    Operand.Constant constant = new Operand.Constant("", real.getShape().getShape(), () -> values);
    handler.be(constant);
    return constant;
  }

  /** Returns the step that made an operand, or null. */
  Step maker(Operand operand) {
    if (operand instanceof Operand.Result result) {
      return steps.get(result.step());
    }
    return null;
  }

  /** Returns the integers of a weight, where an operand stands for some. */
  Optional<StoredWeight> storedWeight(Operand operand) {
    return Optional.ofNullable(weights.get(operand));
  }

  /** Adds the step that makes a weight of integers. */
  Operand.Result add(
      StoredWeight weight,
      Shape shape,
      List<Operand> operands,
      SortedMap<String, Attribute> attributes) {
    Operand.Result result = (Operand.Result) add("DequantizeLinear", shape, operands, attributes);
    weights.put(result, weight);
    return result;
  }

  /** Adds a step with one output. */
  Operand add(String operator, Shape shape, List<Operand> operands) {
    return add(operator, shape, operands, new TreeMap<>());
  }

  /** Adds a step with one output. */
  Operand add(
      String operator,
      Shape shape,
      List<Operand> operands,
      SortedMap<String, Attribute> attributes) {
    return add(operator, List.of(shape), operands, attributes).get(0);
  }

  /** Adds a step. */
  List<Operand> add(
      String operator,
      List<Shape> shapes,
      List<Operand> operands,
      SortedMap<String, Attribute> attributes) {
    steps.add(new Step(label, operator, operands, attributes, shapes));
    List<Operand> results = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      results.add(new Operand.Result(steps.size() - 1, i));
    }
    return results;
  }

  /** Forgets the layer: what follows is between layers. */
  void unlabel() {
    label = "";
  }

  /** Returns an array for a result: real numbers, and the operand that stands for them. */
  NDArray array(NDArray real, Operand operand) {
    ArrayHandler handler = new ArrayHandler(this, real.getManager(), real);
    handler.be(operand);
    return handler.proxy();
  }

  /** Returns a constant: real numbers, whose operand is made when a step reads them. */
  NDArray constant(NDArray real) {
    return new ArrayHandler(this, real.getManager(), real).proxy();
  }

  static boolean isRecorded(NDArray array) {
    return Proxy.isProxyClass(array.getClass()) && ArrayHandler.of(array).isRecorded();
  }

  /** Returns the real arrays, lists and managers among arguments. */
  static Object[] unwrapped(Object[] arguments) {
    if (arguments == null) {
      return new Object[0];
    }
    Object[] real = new Object[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      real[i] = unwrapped(arguments[i]);
    }
    return real;
  }

  private static Object unwrapped(Object argument) {
    if (argument instanceof NDList list) {
      NDList real = new NDList(list.size());
      for (NDArray array : list) {
        real.add((NDArray) unwrapped(array));
      }
      return real;
    }
    if (argument instanceof NDArray array && Proxy.isProxyClass(array.getClass())) {
      return ArrayHandler.of(array).real();
    }
    if (argument instanceof NDManager manager && Proxy.isProxyClass(manager.getClass())) {
      return ManagerHandler.real(manager);
    }
    return argument;
  }
}
