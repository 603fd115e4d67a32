package org.distillgrid.kd.export.trace;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A factor and a constant for each channel behind a convolution, put into its weight and its bias;
 * integers keep their values, their scales take the factor.
 */
final class Folding {
  private Folding() {}

  static Operand of(
      Recorder recorder, Operand input, Shape shape, float[] factors, float[] constants) {
    Step maker = recorder.maker(input);
    if (maker != null && maker.operator().equals("Conv")) {
      Optional<Operand> weight = weight(recorder, maker.operands().get(1), factors);
      if (weight.isPresent()) {
        return folded(recorder, maker, weight.get(), factors, constants);
      }
    }
    long[] dims = {factors.length, 1, 1};
    Operand scaled =
        recorder.add("Mul", shape, List.of(input, new Operand.Constant("", dims, () -> factors)));
    return recorder.add(
        "Add", shape, List.of(scaled, new Operand.Constant("", dims, () -> constants)));
  }

  private static Operand folded(
      Recorder recorder, Step convolution, Operand weight, float[] factors, float[] constants) {
    float[] bias = constants.clone();
    String name = convolution.label() + ".bias";
    if (convolution.operands().size() > 2) {
      float[] before = ((Operand.Constant) convolution.operands().get(2)).values();
      for (int i = 0; i < bias.length; i++) {
        bias[i] += factors[i] * before[i];
      }
    }
    List<Operand> operands = new ArrayList<>();
    operands.add(convolution.operands().get(0));
    operands.add(weight);
    operands.add(new Operand.Constant(name, new long[] {bias.length}, () -> bias));
    recorder.label(convolution.label());
    IntegerBias.offer(recorder, operands);
    Shape shape = convolution.shapes().get(0);
    return recorder.add("Conv", shape, operands, convolution.attributes());
  }

  private static Optional<Operand> weight(Recorder recorder, Operand weight, float[] factors) {
    if (weight instanceof Operand.Constant constant) {
      int[] channels = StoredWeight.channels(constant.dims(), 0);
      return Optional.of(
          new Operand.Constant(
              constant.name(),
              constant.dims(),
              () -> {
                float[] scaled = constant.values().clone();
                for (int i = 0; i < scaled.length; i++) {
                  scaled[i] *= factors[channels[i]];
                }
                return scaled;
              }));
    }
    return recorder.storedWeight(weight).map(stored -> stored.times(factors).record(recorder));
  }
}
