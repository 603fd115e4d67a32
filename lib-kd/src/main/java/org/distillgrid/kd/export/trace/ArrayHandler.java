package org.distillgrid.kd.export.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.internal.NDArrayEx;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.nn.RecordedTensor;

/**
 * An array that computes as a real one does and lets its recorder know. An operation that reads
 * nothing recorded gives a constant, whatever it is; one that does needs a rule.
 */
final class ArrayHandler implements InvocationHandler {
  // What tells nothing of an array's values, or moves none.
  private static final Set<String> PLUMBING =
      Set.of(
          "attach",
          "close",
          "detach",
          "getDataType",
          "getDevice",
          "getName",
          "getShape",
          "getSparseFormat",
          "getUid",
          "hasGradient",
          "hashCode",
          "isReleased",
          "isScalar",
          "setName",
          "setRequiresGradient",
          "size",
          "isEmpty",
          "tempAttach");

  private static final Rules RULES = Rules.standard();

  private final Recorder recorder;
  private final NDArray real;
  private NDManager manager;
  private Operand operand;

  ArrayHandler(Recorder recorder, NDManager manager, NDArray real) {
    this.recorder = recorder;
    this.manager = manager;
    this.real = real;
  }

  static ArrayHandler of(NDArray array) {
    return (ArrayHandler) Proxy.getInvocationHandler(array);
  }

  NDArray proxy() {
    return (NDArray)
        Proxy.newProxyInstance(
            ArrayHandler.class.getClassLoader(),
            new Class<?>[] {NDArray.class, RecordedTensor.class},
            this);
  }

  NDArray real() {
    return real;
  }

  /** Returns what stands for it in steps; null for a constant that no step has read. */
  Operand operand() {
    return operand;
  }

  void be(Operand newOperand) {
    operand = newOperand;
  }

  boolean isRecorded() {
    return operand instanceof Operand.Input || operand instanceof Operand.Result;
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    return switch (method.getName()) {
      case "getManager" -> ManagerHandler.proxy(manager, recorder);
      case "getNDArrayInternal" -> internal((NDArray) proxy);
      case "toString" -> "recorded " + real.getShape();
      case "equals" -> proxy == arguments[0];
      default -> {
        if (method.getDeclaringClass() == RecordedTensor.class) {
          Blocks blocks = new Blocks(recorder, real, recorder.operand((NDArray) proxy));
          yield ManagerHandler.callAsIs(blocks, method, arguments);
        }
        yield operation((NDArray) proxy, real, method, arguments);
      }
    };
  }

  // Operations of NDArrayEx read the array that they were taken from, as those of NDArray do.
  private NDArrayEx internal(NDArray proxy) {
    return (NDArrayEx)
        Proxy.newProxyInstance(
            ArrayHandler.class.getClassLoader(),
            new Class<?>[] {NDArrayEx.class},
            (ignored, method, arguments) ->
                operation(proxy, real.getNDArrayInternal(), method, arguments));
  }

  private Object operation(NDArray proxy, Object target, Method method, Object[] arguments)
      throws Throwable {
    String name = method.getName();
    Object result = ManagerHandler.call(target, method, arguments);
    if (PLUMBING.contains(name)) {
      if (name.endsWith("ttach")) {
        manager = real.getManager();
      }
      return result;
    }
    List<Object> operands = new ArrayList<>();
    operands.add(proxy);
    if (arguments != null) {
      operands.addAll(Arrays.asList(arguments));
    }
    if (operands.stream().noneMatch(ArrayHandler::readsRecorded)) {
      return constants(name, proxy, result);
    }
    Rules.Rule rule = RULES.rule(name);
    if (rule == null) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot export the network: its operation %s has no form in ONNX here",
          name);
    }
    Call call = new Call(recorder, name, operands, results(result));
    List<Operand> made = rule.record(call);
    recorder.unlabel();
    return recorded(proxy, result, made);
  }

  private static boolean readsRecorded(Object argument) {
    if (argument instanceof NDArray array) {
      return Recorder.isRecorded(array);
    }
    if (argument instanceof NDList list) {
      return list.stream().anyMatch(Recorder::isRecorded);
    }
    return false;
  }

  private static List<NDArray> results(Object result) {
    if (result instanceof NDArray array) {
      return List.of(array);
    }
    if (result instanceof NDList list) {
      return list;
    }
    return List.of();
  }

  private Object constants(String name, NDArray proxy, Object result) {
    if (result == real) {
      return proxy;
    }
    if (result instanceof NDArray array) {
      NDArray constant = recorder.constant(array);
      // An alias of a named constant, of the same shape, is that constant.
      if (name.equals("reshape") && array.getShape().equals(real.getShape())) {
        of(constant).be(operand);
      }
      return constant;
    }
    if (result instanceof NDList list) {
      NDList constants = new NDList(list.size());
      list.forEach(array -> constants.add(recorder.constant(array)));
      return constants;
    }
    return result;
  }

  private Object recorded(NDArray proxy, Object result, List<Operand> made) {
    if (result == real) {
      operand = made.get(0);
      return proxy;
    }
    if (result instanceof NDArray array) {
      return recorder.array(array, made.get(0));
    }
    NDList list = (NDList) result;
    NDList recorded = new NDList(list.size());
    for (int i = 0; i < list.size(); i++) {
      recorded.add(recorder.array(list.get(i), made.get(i)));
    }
    return recorded;
  }
}
