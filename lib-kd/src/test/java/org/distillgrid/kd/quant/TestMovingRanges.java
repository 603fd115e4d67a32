package org.distillgrid.kd.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.distillgrid.kd.Fixtures;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Multiplication;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.junit.jupiter.api.Test;

/** Ranges that go on moving in a training. */
class TestMovingRanges {
  private static final Checkpoint FIXTURE = Fixtures.npz("observers/observers.npz");
  private static final float RATE = 0.1f;

  @Test
  void aShortTrainingIsThatOfPyTorch() {
    List<Multiplication> layers = new ArrayList<>();
    ParameterSet parameters = new ParameterSet();
    LayerFactory factory = LayerFactory.into(parameters, layers, Draws.of("t"));
    Conv2d first = factory.conv("first", 3, 4, 3, InputRange.NON_NEGATIVE);
    Conv2d second = factory.conv("second", 4, 2, 3, InputRange.NON_NEGATIVE);
    try (NDManager manager = NDManager.newBaseManager();
        Quantization quantization =
            Quantization.of(layers, QuantizerSetting.parse("torchqat"), new Bits(8, 8), manager)) {
      parameters.open(manager);
      for (Parameter parameter : parameters.all()) {
        parameter.assign(array(parameter.name(), manager));
      }
      quantization.calibrate(
          input -> second.forward(Activation.relu(first.forward(input))),
          List.of(array("calibration0", manager), array("calibration1", manager)));
      for (int step = 0; step < 4; step++) {
        descend(step, first, second, quantization, parameters);
        float[] expected = FIXTURE.tensors().get("trajectory.ranges" + step).values();
        assertThat(ranges(quantization)).containsExactly(expected, within(1e-5f));
      }
      float[] expected = FIXTURE.tensors().get("trajectory.last.weight").values();
      assertThat(weights(first, second)).containsExactly(expected, within(1e-5f));
    }
  }

  private static void descend(
      int step, Conv2d first, Conv2d second, Quantization quantization, ParameterSet parameters) {
    NDManager parent = parameters.flat().getManager();
    try (NDManager scratch = parent.newSubManager()) {
      NDArray x = array("x" + step, scratch);
      NDArray target = array("target" + step, scratch);
      parameters.trainable();
      NDArray gradient;
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray y = quantization.following(() -> second.forward(Activation.relu(first.forward(x))));
        collector.backward(y.sub(target).square().mean());
        gradient = parameters.gradient(scratch);
      }
      NDArray moved = gradient.mul(-RATE).add(parameters.flat());
      parameters.clearGradient();
      parameters.all().forEach(parameter -> parameter.array().setRequiresGradient(false));
      parameters.overwrite(moved);
    }
  }

  private static float[] ranges(Quantization quantization) {
    Map<String, HostTensor> observed = quantization.observed().export();
    float[] ranges = new float[4];
    String[] names = {
      "first.input_least", "first.input_greatest", "second.input_least", "second.input_greatest"
    };
    IntStream.range(0, 4).forEach(i -> ranges[i] = observed.get(names[i]).values()[0]);
    return ranges;
  }

  private static float[] weights(Conv2d first, Conv2d second) {
    NDArray left = first.weight().array().flatten();
    return left.concat(second.weight().array().flatten()).toFloatArray();
  }

  private static NDArray array(String name, NDManager manager) {
    return Fixtures.array(FIXTURE, "trajectory." + name, manager);
  }

  @Test
  void onlyATrainingsOwnPassMovesThemAndOnlyUntilTheyAreFrozen() {
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork student =
            QuantizedNetwork.build(
                "edsr-c4-b1",
                new ModelTarget(3, 2),
                "torchqat(freeze=0.5)",
                Bits.parse("w8a8"),
                Draws.of("student"),
                manager)) {
      NDArray small = manager.arange(0f, 1f, 1f / 192).reshape(1, 3, 8, 8);
      NDArray large = small.mul(2);
      student.calibrate(List.of(small));
      float[] calibrated = student.quantization().observed().flat().toFloatArray();
      student.network().forward(large);
      assertThat(student.quantization().observed().flat().toFloatArray()).isEqualTo(calibrated);
      student.training(0.5, () -> student.network().forward(large));
      assertThat(student.quantization().observed().flat().toFloatArray()).isEqualTo(calibrated);
      float[] before = student.network().forward(large).toFloatArray();
      student.training(0.4, () -> student.network().forward(large));
      assertThat(student.quantization().observed().flat().toFloatArray()).isNotEqualTo(calibrated);
      assertThat(student.network().forward(large).toFloatArray()).isNotEqualTo(before);
    }
  }
}
