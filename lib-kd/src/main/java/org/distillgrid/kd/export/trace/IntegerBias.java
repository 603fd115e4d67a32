package org.distillgrid.kd.export.trace;

import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.distillgrid.kd.export.onnx.Attribute;
import org.distillgrid.kd.export.onnx.ElementType;
import org.distillgrid.kd.export.onnx.Tensor;

/**
 * The bias of a convolution in steps of what it is added to, as runtimes want it that compute in
 * integers from one quantisation to the next. It is used where the next one follows directly, or
 * after a ReLU: there its rounding is small beside that of the quantisation, elsewhere it would
 * change outputs for nothing.
 */
final class IntegerBias {
  private IntegerBias() {}

  /** Records the bias beside a convolution that is about to be recorded; nothing may read it. */
  static void offer(Recorder recorder, List<Operand> convolution) {
    if (convolution.size() < 3
        || !(convolution.get(2) instanceof Operand.Constant bias)
        || bias.name().isEmpty()) {
      return;
    }
    Optional<float[]> input = scales(recorder.maker(convolution.get(0)));
    Optional<float[]> weight =
        recorder
            .storedWeight(convolution.get(1))
            .filter(StoredWeight::hasKernel)
            .map(StoredWeight::scale);
    if (input.isEmpty() || weight.isEmpty()) {
      return;
    }
    float[] values = bias.values();
    float[] scale = new float[values.length];
    int[] integers = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      float[] of = weight.get();
      scale[i] = input.get()[0] * of[Math.min(i, of.length - 1)];
      double integer = Math.rint((double) values[i] / scale[i]);
      if (!(Math.abs(integer) < Integer.MAX_VALUE)) {
        return;
      }
      integers[i] = (int) integer;
    }
    long[] dims = {values.length};
    recorder.add(
        "DequantizeLinear",
        new Shape(dims),
        List.of(
            new Operand.Stored(
                Tensor.integers(bias.name() + "_integer", ElementType.INT32, dims, integers)),
            new Operand.Stored(Tensor.floats(bias.name() + "_scale", dims, scale))),
        Call.attributes("axis", Attribute.of(0L)));
  }

  /** Returns the trace with integers for a bias wherever a quantisation follows. */
  static Trace taken(Trace trace) {
    int[] readers = Liveness.readers(trace);
    List<Step> steps = new ArrayList<>(trace.steps());
    for (Step step : trace.steps()) {
      if (step.operator().equals("QuantizeLinear")) {
        convolutionBefore(step, steps, readers)
            .filter(place -> isOffer(steps, place))
            .ifPresent(
                place -> {
                  Operand integer = new Operand.Result(place - 1, 0);
                  steps.set(place, steps.get(place).withOperand(2, integer));
                });
      }
    }
    return new Trace(trace.input(), steps, trace.output());
  }

  // One that nothing else reads: only then can a runtime join it with the quantisation.
  private static Optional<Integer> convolutionBefore(
      Step quantization, List<Step> steps, int[] readers) {
    Operand operand = quantization.operands().get(0);
    while (operand instanceof Operand.Result result && readers[result.step()] == 1) {
      Step maker = steps.get(result.step());
      if (maker.operator().equals("Conv")) {
        return Optional.of(result.step());
      }
      if (!maker.operator().equals("Relu")) {
        return Optional.empty();
      }
      operand = maker.operands().get(0);
    }
    return Optional.empty();
  }

  private static boolean isOffer(List<Step> steps, int convolution) {
    return convolution > 0
        && steps.get(convolution).operands().size() == 3
        && steps.get(convolution - 1).operands().get(0) instanceof Operand.Stored stored
        && stored.tensor().type() == ElementType.INT32;
  }

  private static Optional<float[]> scales(Step maker) {
    if (maker == null
        || !maker.operator().equals("DequantizeLinear")
        || !(maker.operands().get(1) instanceof Operand.Stored scale)) {
      return Optional.empty();
    }
    FloatBuffer buffer =
        ByteBuffer.wrap(scale.tensor().raw()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return Optional.of(values);
  }
}
