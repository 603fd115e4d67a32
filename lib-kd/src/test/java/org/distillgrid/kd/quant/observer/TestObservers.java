package org.distillgrid.kd.quant.observer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import org.distillgrid.kd.Fixtures;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.QuantizerParameters;
import org.distillgrid.kd.quant.QuantizerSetting;
import org.distillgrid.kd.quant.UniformGrid;
import org.distillgrid.kd.weights.Checkpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Observers and fake quantisation against PyTorch's own. */
class TestObservers {
  private static final Checkpoint FIXTURE = Fixtures.npz("observers/observers.npz");
  private static final String[] RANGES = {"full", "reduced"};

  @ParameterizedTest
  @CsvSource({
    "growing, histogram", "growing, minmax", "growing, moving",
    "positive, histogram", "positive, minmax", "positive, moving",
    "outliers, histogram", "outliers, minmax", "outliers, moving",
    "constant, histogram", "constant, minmax", "constant, moving",
    "whole, histogram"
  })
  void stepAndZeroPointAreThoseOfPyTorch(String batches, String observer) {
    for (int bits : new int[] {8, 4}) {
      for (String range : RANGES) {
        String name =
            "torchptq(observer=%s,reduceRange=%s)".formatted(observer, range.equals("reduced"));
        UniformGrid grid = calibrated(name, batches, bits);
        float[] expected = values("%s.%s_%d_%s".formatted(batches, observer, bits, range));
        assertThat(grid.scale()[0]).as(name).isCloseTo(expected[0], within(1e-6f * expected[0]));
        assertThat(grid.zero()[0]).as(name).isEqualTo(expected[1]);
        assertThat(grid.lowest()).isZero();
        assertThat(grid.highest()).isEqualTo(highest(bits, range));
      }
    }
  }

  private static int highest(int bits, String range) {
    int most = (1 << bits) - 1;
    if (range.equals("reduced")) {
      return most / 2;
    }
    return most;
  }

  private static UniformGrid calibrated(String quantizer, String batches, int bits) {
    QuantizerParameters parameters = QuantizerParameters.empty();
    OperandQuantizer activation = activation(quantizer, bits, parameters);
    try (NDManager manager = NDManager.newBaseManager()) {
      parameters.fixed().open(manager);
      for (int i = 0; i < 3; i++) {
        activation.observe(Fixtures.array(FIXTURE, batches + ".x" + i, manager));
      }
      activation.fix();
      return activation.grid(manager.zeros(new Shape(1)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"growing", "positive", "outliers", "constant", "whole"})
  void histogramsAreThoseOfPyTorch(String batches) {
    Histogram histogram = new Histogram();
    for (int i = 0; i < 3; i++) {
      histogram.add(values(batches + ".x" + i));
    }
    assertThat(histogram.counts()).containsExactly(values(batches + ".counts"), within(1e-3f));
    HistogramSearch.Found found = new HistogramSearch(histogram).found();
    float[] ends = values(batches + ".ends");
    assertThat(found.least()).isCloseTo(ends[0], within(1e-6f));
    assertThat(found.greatest()).isCloseTo(ends[1], within(1e-6f));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 4})
  void activationsAndTheirGradientsAreThoseOfPyTorch(int bits) {
    String name = "fake_" + bits + ".";
    QuantizerParameters parameters = QuantizerParameters.empty();
    OperandQuantizer activation = activation("torchptq(observer=minmax)", bits, parameters);
    try (NDManager manager = NDManager.newBaseManager()) {
      parameters.fixed().open(manager);
      activation.observe(Fixtures.array(FIXTURE, name + "scaled", manager));
      activation.fix();
      requireFake(activation, name, manager);
    }
  }

  @ParameterizedTest
  @CsvSource({"full, 8", "full, 4", "restricted, 8", "restricted, 4"})
  void weightsAndTheirGradientsAreThoseOfPyTorch(String range, int bits) {
    String name = "weight_%s_%d.".formatted(range, bits);
    for (String family : new String[] {"torchptq", "torchqat"}) {
      QuantizerSetting setting = QuantizerSetting.parse(family + "(weights=" + range + ")");
      Operand operand =
          new Operand("w", new Shape(4, 1, 1, 1), InputRange.SIGNED, bits, Operand.Symmetry.AFFINE);
      QuantizerParameters parameters = QuantizerParameters.empty();
      OperandQuantizer weight = setting.family().weight(operand, setting.values(), parameters);
      try (NDManager manager = NDManager.newBaseManager()) {
        parameters.fixed().open(manager);
        NDArray w = Fixtures.array(FIXTURE, name + "x", manager);
        weight.observe(w);
        weight.fix();
        assertThat(weight.grid(w).scale()).isEqualTo(values(name + "scale"));
        requireFake(weight, name, manager);
      }
    }
  }

  private static void requireFake(OperandQuantizer quantizer, String name, NDManager manager) {
    NDArray x = Fixtures.array(FIXTURE, name + "x", manager);
    x.setRequiresGradient(true);
    NDArray y;
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      y = quantizer.quantize(x);
      collector.backward(y.mul(Fixtures.array(FIXTURE, name + "upstream", manager)).sum());
    }
    assertThat(y.toFloatArray()).as(name).isEqualTo(values(name + "y"));
    assertThat(x.getGradient().toFloatArray()).as(name).isEqualTo(values(name + "grad_x"));
  }

  private static OperandQuantizer activation(
      String quantizer, int bits, QuantizerParameters parameters) {
    QuantizerSetting setting = QuantizerSetting.parse(quantizer);
    Operand operand =
        new Operand("x", new Shape(1), InputRange.SIGNED, bits, Operand.Symmetry.AFFINE);
    return setting.family().activation(operand, setting.values(), parameters);
  }

  private static float[] values(String name) {
    return FIXTURE.tensors().get(name).values();
  }
}
