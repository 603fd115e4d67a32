package org.distillgrid.kd.quant.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.CalibratedGrid;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.quant.QuantizerParameters;
import org.distillgrid.kd.quant.QuantizerSetting;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a quantiser's name sets beside its family. */
class TestQuantizerOptions {
  private static final Operand OPERAND =
      new Operand("x", new Shape(1), InputRange.SIGNED, 4, Operand.Symmetry.AFFINE);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pams(rate=0.01) | pams",
        "pams(rate=1e-2,decay=0.9997)-head | pams-head",
        "pams( rate = 0.02 )-pertensor-head | pams(rate=0.02)-pertensor-head",
        "pams(rate=0.02,decay=0.9)-head-pertensor | pams(decay=0.9,rate=0.02)-pertensor-head",
        "lsq(rate=0.0001) | lsq",
        "lsq(rate=1e-2)-tail | lsq(rate=0.01)-tail",
        "ddtb(percentile=1,rate=0.01) | ddtb",
        "percentile(weight=1,activation=0.10)-symmetric | percentile-symmetric",
        "dobi(search=100) | dobi",
        "2dquant(search=100,steps=200,rate=0.01,features=5) | 2dquant",
        "2dquant(steps=3000) | 2dquant(steps=3000)"
      })
  void namesHaveOneSpelling(String name, String canonical) {
    assertThat(QuantizerSetting.parse(name).canonical()).isEqualTo(canonical);
    assertThat(QuantizerSetting.parse(canonical).canonical()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pams(rat=1) | Unknown option of quantizer pams: rat (did you mean rate?)",
        "pams(momentum=1) | Unknown option of quantizer pams: momentum (valid: decay, range,"
            + " rate)",
        "pams(rate=2) | Cannot use quantizer pams: rate must be a number from 0 to 1, not 2",
        "pams(rate=NaN) | Cannot use quantizer pams: rate must be a number from 0 to 1, not NaN",
        "pams(rate=x) | Cannot use quantizer pams: rate must be a number from 0 to 1, not x",
        "dobi(search=0) | Cannot use quantizer dobi: search must be a whole number from 1 to 10000,"
            + " not 0",
        "dobi(search=2.5) | Cannot use quantizer dobi: search must be a whole number from 1 to"
            + " 10000, not 2.5",
        "pams(rate=0.02,rate=0.03) | Cannot use quantizer pams(rate=0.02,rate=0.03): rate is set"
            + " twice",
        "pams() | Cannot use quantizer pams: write option=value in its parentheses, not ''",
        "pams(rate) | Cannot use quantizer pams: write option=value in its parentheses, not 'rate'",
        "minmax(rate=1) | Cannot use quantizer minmax: it takes no options, found rate=1",
        "fp(rate=1) | Cannot use quantizer fp: it takes no options, found rate=1",
        "pams-head(rate=0.02) | Cannot read quantizer pams-head(rate=0.02): write name or"
            + " name(option=value,…), then choices, as in name-pertensor-head",
        "pams(rate=0.02 | Cannot read quantizer pams(rate=0.02: write name or"
            + " name(option=value,…), then choices, as in name-pertensor-head",
        "pams(rate=0.02)-haed | Unknown choice of a quantizer: haed in pams(rate=0.02)-haed (did"
            + " you mean head?)"
      })
  void whatMakesNoSenseIsRefused(String name, String message) {
    assertThatThrownBy(() -> QuantizerSetting.parse(name)).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "pams, 100",
    "ddtb, 100",
    "lsq, 1",
    "dorefa, 1",
    "pams(rate=0.02), 200",
    "ddtb(rate=0), 0",
    "lsq(rate=0.001), 10"
  })
  void scalesLearnInProportionToWeights(String name, double factor) {
    assertThat(QuantizerSetting.parse(name).rateFactor()).isEqualTo(factor);
  }

  @Test
  void standardPercentilesAreThoseOfOldToTheBit() {
    try (NDManager manager = NDManager.newBaseManager()) {
      assertThat(calibrated("percentile", manager)).isEqualTo(tails(0.001, manager));
      assertThat(calibrated("percentile(activation=5)", manager)).isEqualTo(tails(0.05, manager));
      QuantizerSetting setting = QuantizerSetting.parse("percentile");
      QuantizerParameters parameters = QuantizerParameters.empty();
      OperandQuantizer weight = setting.family().weight(OPERAND, setting.values(), parameters);
      assertThat(fixed(weight, parameters, manager)).isEqualTo(tails(0.01, manager));
    }
  }

  @Test
  void theMovingAverageForgetsAsItsOptionSays() {
    try (NDManager manager = NDManager.newBaseManager()) {
      assertThat(calibrated("pams(decay=0)", manager)[0])
          .isNotEqualTo(calibrated("pams", manager)[0]);
    }
  }

  @Test
  void oneStepOfTheSearchIsTheWholeRange() {
    try (NDManager manager = NDManager.newBaseManager()) {
      assertThat(calibrated("dobi(search=1)", manager)).isEqualTo(calibrated("minmax", manager));
      assertThat(calibrated("dobi", manager)).isNotEqualTo(calibrated("minmax", manager));
    }
  }

  @Test
  void noStepOfTuningLeavesWhatTheSearchFound() {
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork network =
            QuantizedNetwork.build(
                "edsr-c4-b1",
                new ModelTarget(3, 2),
                "2dquant(steps=0,search=5)",
                Bits.parse("w3a3"),
                Draws.of("student"),
                manager)) {
      List<NDArray> batches = List.of(manager.create(values(192), new Shape(1, 3, 8, 8)));
      network.calibrate(batches);
      float[] searched = network.quantization().learned().flat().toFloatArray();
      network.tune(batches, manager);
      assertThat(network.quantization().learned().flat().toFloatArray()).isEqualTo(searched);
    }
  }

  private static float[] calibrated(String name, NDManager manager) {
    QuantizerSetting setting = QuantizerSetting.parse(name);
    QuantizerParameters parameters = QuantizerParameters.empty();
    OperandQuantizer quantizer = setting.family().activation(OPERAND, setting.values(), parameters);
    return fixed(quantizer, parameters, manager);
  }

  private static float[] tails(double tail, NDManager manager) {
    QuantizerParameters parameters = QuantizerParameters.empty();
    OperandQuantizer quantizer =
        new CalibratedGrid(OPERAND, new PercentileBounds(OPERAND, tail), parameters);
    return fixed(quantizer, parameters, manager);
  }

  // What a quantiser keeps once it has seen two batches.
  private static float[] fixed(
      OperandQuantizer quantizer, QuantizerParameters parameters, NDManager manager) {
    parameters.learned().open(manager);
    parameters.fixed().open(manager);
    quantizer.observe(manager.create(values(999)));
    quantizer.observe(manager.create(values(777)));
    quantizer.fix();
    NDArray x = manager.create(values(50));
    return quantizer.quantize(x).toFloatArray();
  }

  private static float[] values(int count) {
    UniformRandomProvider generator = Draws.of("values").at(count, "values");
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) Math.pow(2 * generator.nextDouble() - 1, 3);
    }
    return values;
  }
}
