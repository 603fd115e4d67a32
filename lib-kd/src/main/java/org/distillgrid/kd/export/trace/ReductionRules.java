package org.distillgrid.kd.export.trace;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.distillgrid.kd.export.onnx.Attribute;

/** Operations that take axes away, or sum up along them. */
final class ReductionRules {
  private ReductionRules() {}

  static void addTo(Rules rules) {
    rules.add("mean", call -> reduced(call, "ReduceMean"));
    rules.add("sum", call -> reduced(call, "ReduceSum"));
    rules.add("max", call -> reduced(call, "ReduceMax"));
    rules.add("min", call -> reduced(call, "ReduceMin"));
    rules.add("norm", ReductionRules::norm);
    rules.add("normalize", ReductionRules::normalize);
    rules.add("globalAvgPool", ReductionRules::globalMean);
    rules.add("softmax", ReductionRules::softmax);
  }

  private static List<Operand> reduced(Call call, String operator) {
    if (call.count() == 0) {
      throw call.unsupported();
    }
    boolean kept = call.count() > 1 && (boolean) call.argument(2);
    return step(call, operator, call.axes(1), kept);
  }

  // norm(axes, kept), or norm(order, axes, kept).
  private static List<Operand> norm(Call call) {
    if (call.count() == 2 && call.argument(1) instanceof int[]) {
      return step(call, "ReduceL2", call.axes(1), (boolean) call.argument(2));
    }
    if (call.count() == 3 && call.argument(1).equals(2)) {
      return step(call, "ReduceL2", call.axes(2), (boolean) call.argument(3));
    }
    throw call.unsupported();
  }

  // normalize(exponent, axis, epsilon): divides by the norm, or by epsilon where that is greater.
  private static List<Operand> normalize(Call call) {
    if (call.count() != 3 || ((Number) call.argument(1)).doubleValue() != 2) {
      throw call.unsupported();
    }
    long axis = call.axisAt(2);
    float epsilon = ((Number) call.argument(3)).floatValue();
    long[] sizes = call.shape().getShape().clone();
    sizes[Math.toIntExact(axis)] = 1;
    Shape reduced = new Shape(sizes);
    Recorder recorder = call.recorder();
    Operand norm =
        recorder.add(
            "ReduceL2",
            reduced,
            List.of(call.operand(0), Operand.Lengths.of(axis)),
            Call.attributes("keepdims", Attribute.of(1L)));
    Operand positive = recorder.add("Max", reduced, List.of(norm, new Operand.Scalar(epsilon)));
    return call.step("Div", call.operand(0), positive);
  }

  private static List<Operand> globalMean(Call call) {
    long[] axes = new long[call.shape().dimension() - 2];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i + 2L;
    }
    return step(call, "ReduceMean", axes, false);
  }

  private static List<Operand> softmax(Call call) {
    return call.step(
        "Softmax", Call.attributes("axis", Attribute.of(call.axisAt(1))), call.operand(0));
  }

  private static List<Operand> step(Call call, String operator, long[] axes, boolean kept) {
    long keepdims = 0;
    if (kept) {
      keepdims = 1;
    }
    return call.step(
        operator,
        Call.attributes("keepdims", Attribute.of(keepdims)),
        call.operand(0),
        Operand.Lengths.of(axes));
  }
}
