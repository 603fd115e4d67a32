package org.distillgrid.kd.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.WeightedLayer;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.WeightHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TestQuantizedNetwork {
  private static final ModelTarget TARGET = new ModelTarget(3, 2);

  @ParameterizedTest
  @CsvSource({
    "fp, fp",
    "lsq, w4a4",
    "lsq, w2a8",
    "minmax, w8a8",
    "lsq, w32a4",
    "minmax, w4a32",
    "torchqat-all, w8a8"
  })
  void aCheckpointGivesBackTheSameOutputs(String quantizer, String bits) {
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork student = student(quantizer, bits, manager)) {
      NDArray input = input(manager);
      student.calibrate(List.of(input));
      Checkpoint saved = student.checkpoint();
      try (QuantizedNetwork again =
          QuantizedNetwork.load("edsr-c4-b1", TARGET, saved, "the file", manager)) {
        assertThat(again.network().forward(input).toFloatArray())
            .isEqualTo(student.network().forward(input).toFloatArray());
        assertThat(again.checkpoint().metadata()).isEqualTo(saved.metadata());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"fp, fp", "lsq, w4a4", "minmax, w4a4", "pams-head-tail, w4a8", "torchqat-all, w8a8"})
  void aCopyIsTheSameAndSharesNothing(String quantizer, String bits) {
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork student = student(quantizer, bits, manager)) {
      NDArray input = input(manager);
      student.calibrate(List.of(input));
      float[] output = student.network().forward(input).toFloatArray();
      try (QuantizedNetwork copy = student.copy(manager)) {
        assertThat(copy.checkpoint().metadata()).isEqualTo(student.checkpoint().metadata());
        assertThat(WeightHash.of(copy.checkpoint().tensors()))
            .isEqualTo(WeightHash.of(student.checkpoint().tensors()));
        student.network().parameters().flat().muli(0);
        student.quantization().learned().all().forEach(scale -> scale.assign(scale.array().add(1)));
        student.quantization().takeOut();
        assertThat(copy.network().forward(input).toFloatArray()).isEqualTo(output);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("quantizers")
  void thirtyTwoBitsAreFullPrecisionToTheBit(String quantizer) {
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork full = student("fp", "fp", manager);
        QuantizedNetwork student = student(quantizer, "w32a32", manager)) {
      NDArray input = input(manager);
      student.calibrate(List.of(input));
      assertThat(student.network().forward(input).toFloatArray())
          .isEqualTo(full.network().forward(input).toFloatArray());
    }
  }

  @ParameterizedTest
  @MethodSource("quantizers")
  void offTheTapeTheOutputsAreTheSameToTheBit(String quantizer) {
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork student = student(quantizer, "w4a4", manager)) {
      NDArray input = input(manager);
      student.calibrate(List.of(input));
      assertThat(GradientMode.off(() -> student.network().forward(input)).toFloatArray())
          .isEqualTo(GradientMode.on(() -> student.network().forward(input)).toFloatArray());
    }
  }

  @Test
  void onlyTheTrunkIsQuantized() {
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork student = student("lsq", "w4a4", manager)) {
      assertThat(student.quantization().export().keySet())
          .containsExactly(
              "body.0.conv1.input_scale",
              "body.0.conv1.weight_scale",
              "body.0.conv2.input_scale",
              "body.0.conv2.weight_scale",
              "conv_after_body.input_scale",
              "conv_after_body.weight_scale");
    }
  }

  @Test
  void oneChoiceQuantizesTheWholeNetwork() {
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork student = student("lsq-all", "w4a4", manager)) {
      Set<String> scales = student.quantization().export().keySet();
      for (WeightedLayer layer : student.network().layers()) {
        assertThat(scales).contains(layer.name() + ".input_scale", layer.name() + ".weight_scale");
      }
      assertThat(scales).hasSize(2 * student.network().layers().size());
    }
  }

  @Test
  void aCheckpointOfAnotherArchitectureIsRefused() {
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork student = student("fp", "fp", manager)) {
      Checkpoint saved = student.checkpoint();
      assertThatThrownBy(
              () -> QuantizedNetwork.load("edsr-c8-b1", TARGET, saved, "s.safetensors", manager))
          .hasMessageContaining("s.safetensors")
          .hasMessageContaining("conv_first.weight");
    }
  }

  private static Stream<String> quantizers() {
    return Stream.of(
        "minmax-symmetric",
        "percentile",
        "dobi-pertensor",
        "2dquant",
        "dorefa",
        "pams",
        "lsq-head-upsampler-tail",
        "ddtb",
        "torchptq",
        "torchptq-all",
        "torchqat-all");
  }

  private static QuantizedNetwork student(String quantizer, String bits, NDManager manager) {
    return QuantizedNetwork.build(
        "edsr-c4-b1", TARGET, quantizer, Bits.parse(bits), Draws.of("student"), manager);
  }

  private static NDArray input(NDManager manager) {
    return manager.arange(0f, 1f, 1f / 192).reshape(new Shape(1, 3, 8, 8));
  }
}
