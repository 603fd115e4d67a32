package org.distillgrid.kd.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;

/** Convolutions whose weights are views into the buffer of their set. */
class TestConv2d {
  private static final double STEP = 1e-2;

  @Test
  void hasTheGradientOfItsFiniteDifferences() {
    try (NDManager manager = NDManager.newBaseManager();
        ParameterSet parameters = new ParameterSet()) {
      List<Multiplication> layers = new ArrayList<>();
      LayerFactory factory = LayerFactory.into(parameters, layers, Draws.of("t"));
      Conv2d first = factory.conv("first", 2, 3, 3, InputRange.SIGNED);
      Conv2d second = factory.conv("second", 3, 1, 1, InputRange.SIGNED);
      parameters.open(manager).trainable();
      NDArray input = manager.arange(32f).reshape(1, 2, 4, 4).div(32);
      float[] gradient;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(second.forward(first.forward(input)).square().mean());
        gradient = parameters.gradient(manager.newSubManager()).toFloatArray();
      }
      float[] values = parameters.flat().toFloatArray();
      for (int i = 0; i < values.length; i++) {
        double slope =
            (loss(parameters, first, second, input, values, i, STEP)
                    - loss(parameters, first, second, input, values, i, -STEP))
                / (2 * STEP);
        assertThat((double) gradient[i]).as("parameter %d", i).isCloseTo(slope, within(2e-4));
      }
    }
  }

  @Test
  void followsAnUpdateOfTheBuffer() {
    try (NDManager manager = NDManager.newBaseManager();
        ParameterSet parameters = new ParameterSet()) {
      Conv2d conv =
          LayerFactory.into(parameters, new ArrayList<>(), Draws.of("t"))
              .conv("conv", 1, 1, 1, InputRange.SIGNED);
      parameters.open(manager).trainable();
      parameters.overwrite(new float[] {2, 1});
      parameters.flat().muli(3);
      NDArray output = conv.forward(manager.ones(new Shape(1, 1, 1, 1)).mul(5));
      assertThat(output.toFloatArray()).containsExactly(33);
    }
  }

  private static double loss(
      ParameterSet parameters,
      Conv2d first,
      Conv2d second,
      NDArray input,
      float[] values,
      int index,
      double step) {
    float[] moved = values.clone();
    moved[index] += (float) step;
    parameters.overwrite(moved);
    return second.forward(first.forward(input)).square().mean().getFloat();
  }
}
