package org.distillgrid.kd.distill.spark;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import org.distillgrid.kd.distill.MethodSum;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;

class TestSignalStack {
  private static final Shape SIGNALS = new Shape(1, 4, 8, 8);

  @Test
  void aReluThatHasClosedSeesNothingAndALeakyOneStillDoes() {
    assertThat(closed("spark")).containsOnly(closed("spark")[0]);
    assertThat(closed("spark(activation=leaky)")).doesNotHaveDuplicates();
  }

  /** Returns what cells of different signals come to where each weight and bias is negative. */
  private static float[] closed(String method) {
    try (NDManager manager = NDManager.newBaseManager();
        ParameterSet parameters = new ParameterSet()) {
      LayerFactory layers =
          LayerFactory.into(parameters, new ArrayList<>(), Draws.of("stack")).under("policy");
      SignalStack stack =
          SignalStack.of(MethodSum.parse(method).settings().get(0).values(), layers);
      parameters.open(manager);
      float[] negative = new float[Math.toIntExact(parameters.elements())];
      Arrays.fill(negative, -0.1f);
      parameters.overwrite(negative);
      float[] signals = new float[Math.toIntExact(SIGNALS.size())];
      for (int i = 0; i < signals.length; i++) {
        signals[i] = i * i / (float) (signals.length * signals.length);
      }
      NDArray read = stack.read(Tensors.aligned(signals, SIGNALS, manager));
      return HostValues.of(read);
    }
  }
}
